import { useFormatter, useTranslations } from "next-intl";
import { hoursText } from "@/components/hours";
import { Card } from "@/components/ui/card";
import { UNREPORTED_DAYS } from "@/server/domain/exchange";
import type { Exchange } from "./exchange";
import { momentText } from "./when";

const DAY = 86_400_000;

type Ending = { what: "expireProposal" | "expireAgreed" | "settle" | "escalate"; at: Date };

/**
 * How the exchange ends when nobody says anything. While a reminder is still to come, `dueAt` is
 * the reminder's time, so the end is reckoned by the same rule as `nextDue` of the domain.
 */
function endingOf(exchange: Exchange, confirmationDays: number): Ending | null {
  const { status, dueAt, remindedAt, startsAt, agreedMinutes, agreedAt, events } = exchange;
  if (!dueAt) return null;
  switch (status) {
    case "proposed":
      return { what: "expireProposal", at: dueAt };
    case "agreed": {
      const end = startsAt.getTime() + agreedMinutes * 60_000;
      return {
        what: "expireAgreed",
        at: remindedAt ? dueAt : new Date(end + UNREPORTED_DAYS * DAY),
      };
    }
    case "reported": {
      const what = agreedAt ? "settle" : "escalate";
      const reported = events.findLast(({ kind }) => kind === "reported" || kind === "recorded");
      if (remindedAt || !reported) return { what, at: dueAt };
      return { what, at: new Date(reported.at.getTime() + confirmationDays * DAY) };
    }
    default:
      return null;
  }
}

/** What time does to the exchange, and when: nobody should be surprised by it. */
export function ByItself({
  exchange,
  timeZone,
  confirmationDays,
}: {
  exchange: Exchange;
  timeZone: string;
  confirmationDays: number;
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
        })}
      </p>
    </Card>
  );
}
