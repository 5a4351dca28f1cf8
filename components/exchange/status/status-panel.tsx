import { useFormatter } from "next-intl";
import type { ReactNode } from "react";
import { hoursText } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import { Badge } from "@/components/ui/badge";
import { FormMessage } from "@/components/ui/form-message";
import { sideText } from "@/domain/exchange/sides";
import { dayText, momentText } from "../../format/dates";
import { type Exchange, pendingParties } from "../exchange";
import { StatusBadge } from "./status-badge";
import { statusMessage } from "./status-message";
import { StatusPanelFrame } from "./status-panel-frame";

/** Where the exchange stands and whose turn it is, large and in words; then what can be done. */
export function StatusPanel({
  exchange,
  timeZone,
  now,
  children,
}: {
  exchange: Exchange;
  timeZone: string;
  now: Date;
  children?: ReactNode;
}) {
  const t = useTranslations("exchange");
  const names = useTranslations("memberName");
  const ui = useTranslations("ui");
  const format = useFormatter();
  const { status, startsAt, giver, receiver, other, events, myTurn, mySide, reversedAt } = exchange;
  const { author, answerer } = pendingParties(exchange);
  const minutes = exchange.minutes;
  const lastBy = events.at(-1)?.by;
  const values = {
    name: sideText(names, other),
    giver: sideText(names, giver),
    receiver: sideText(names, receiver),
    author: sideText(names, author),
    answerer: sideText(names, answerer),
    by: lastBy ? sideText(names, lastBy) : t("somebody"),
    minutes,
    hours: hoursText(ui, minutes),
    agreed: hoursText(ui, exchange.agreedMinutes),
    date: momentText(format, startsAt, timeZone),
    day: dayText(format, startsAt, timeZone),
    to: momentText(format, exchange.rescheduleTo ?? startsAt, timeZone),
  };
  const late = status === "agreed" ? events.findLast(({ kind }) => kind === "late") : undefined;
  const words = statusMessage(exchange, now);
  // Who has just said that it was different may still confirm, but nobody waits for them.
  const hasSpoken = status === "disputed" && events.at(-1)?.kind === "disputed";
  const waitsForMe =
    (myTurn && mySide !== null && !hasSpoken) || exchange.actions.includes("resolveWithHours");
  return (
    <StatusPanelFrame version={exchange.version} waits={waitsForMe}>
      <p className="flex flex-wrap gap-2">
        <StatusBadge status={status} reversed={reversedAt !== null} />
        {waitsForMe && <Badge tone="waiting">{t("yourTurn")}</Badge>}
      </p>
      <div className="grid gap-2">
        <h2 className="text-2xl">{t(`standing.${words.title}`, values)}</h2>
        {late && (
          <p className="text-lg font-semibold">
            {t(late.byId === other.id ? "late.theirs" : "late.mine", {
              name: values.name,
              hours: hoursText(ui, late.minutes ?? 0),
            })}
          </p>
        )}
        {words.detail && <p className="text-lg">{t(`detail.${words.detail}`, values)}</p>}
      </div>
      {exchange.isTaken && (
        <FormMessage tone="note" title={t("taken.title")}>
          {t("taken.giver")}
        </FormMessage>
      )}
      {children}
    </StatusPanelFrame>
  );
}
