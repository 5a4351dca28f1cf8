import { useFormatter } from "next-intl";
import { hoursText } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import { Card } from "@/components/ui/card";
import { momentText } from "../../format/dates";
import type { Exchange } from "../exchange";

/** The message for each automatic end. */
const endings = {
  proposed: "expireProposal",
  agreed: "expireAgreed",
  settle: "settle",
  escalate: "escalate",
} as const;

/** The message for how the exchange ends if nobody does anything; null when it never does. */
function endingOf({ automaticOutcome: outcome, status }: Exchange) {
  if (!outcome) return null;
  const { at, action } = outcome;
  if (action === "settle" || action === "escalate") return { what: endings[action], at };
  return status === "proposed" || status === "agreed" ? { what: endings[status], at } : null;
}

/** What time does to the exchange, and when: nobody should be surprised by it. */
export function AutomaticOutcome({
  exchange,
  timeZone,
  sendsMail,
}: {
  exchange: Exchange;
  timeZone: string;
  /** Without mail no reminder is promised. */
  sendsMail: boolean;
}) {
  const t = useTranslations("exchange");
  const ui = useTranslations("ui");
  const format = useFormatter();
  const ending = endingOf(exchange);
  if (!ending) return null;
  // By itself, never more moves than was agreed.
  const minutes = Math.min(exchange.minutes, exchange.agreedMinutes);
  return (
    <Card as="section" tone="quiet" className="grid gap-1">
      <h2 className="text-xl">{t("page.byItself")}</h2>
      <p>
        {t(`byItself.${ending.what}`, {
          date: momentText(format, ending.at, timeZone),
          hours: hoursText(ui, minutes),
          reminder: sendsMail ? "mail" : "none",
        })}
      </p>
    </Card>
  );
}
