import { useFormatter } from "next-intl";
import { hoursText } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import { Card } from "@/components/ui/card";
import { automaticOutcome } from "@/domain/exchange/transitions";
import { momentText } from "../../format/dates";
import type { Exchange } from "../exchange";

/** The message for each way in which an exchange ends by itself. */
const endings = {
  proposed: "expireProposal",
  agreed: "expireAgreed",
  settle: "settle",
  escalate: "escalate",
} as const;

/** How the exchange ends when nobody says anything, by the rule by which time acts. */
function endingOf(exchange: Exchange, confirmationDays: number) {
  const { status, agreedMinutes: minutes } = exchange;
  const ends = automaticOutcome({ ...exchange, minutes }, { confirmationDays });
  if (!ends) return null;
  const { at, action } = ends;
  if (action === "settle" || action === "escalate") return { what: endings[action], at };
  return status === "proposed" || status === "agreed" ? { what: endings[status], at } : null;
}

/** What time does to the exchange, and when: nobody should be surprised by it. */
export function AutomaticOutcome({
  exchange,
  timeZone,
  confirmationDays,
  sendsMail,
}: {
  exchange: Exchange;
  timeZone: string;
  confirmationDays: number;
  /** Without mail no reminder is promised. */
  sendsMail: boolean;
}) {
  const t = useTranslations("exchange");
  const ui = useTranslations("ui");
  const format = useFormatter();
  const ending = endingOf(exchange, confirmationDays);
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
