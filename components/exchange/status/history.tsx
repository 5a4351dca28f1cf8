import { useFormatter } from "next-intl";
import { hoursText } from "@/components/format/hours";
import { useTranslations } from "@/components/translations";
import { ListLimitNotice } from "@/components/ui/list-limit-notice";
import { Section } from "@/components/ui/page";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import { sideName, sideText } from "@/domain/exchange/sides";
import { MAX_ROWS } from "@/domain/kernel/limits";
import { dayText, momentText, shortMomentText } from "../../format/dates";
import type { Exchange } from "../exchange";

type Event = Exchange["events"][number];

/** Everything that happened to the exchange, in order: who, when, and with which words. */
export function History({
  exchange: { events },
  timeZone,
}: {
  exchange: Exchange;
  timeZone: string;
}) {
  const t = useTranslations("exchange");
  const names = useTranslations("memberName");
  const ui = useTranslations("ui");
  const format = useFormatter();
  // These sentences say themselves that a coordinator acted.
  const saysRole = ["resolvedWithHours", "resolvedWithoutHours", "reversed"];
  const nameOf = ({ by, kind }: Event) => {
    if (!by) return t("somebody");
    return saysRole.includes(kind) ? sideName(names, by) : sideText(names, by);
  };
  const hoursOf = ({ minutes }: Event) => (minutes === null ? "" : hoursText(ui, minutes));
  const termsOf = (event: Event) => {
    if (!event.startsAt) return null;
    const isRecord = event.kind === "recorded";
    if (event.kind === "rescheduleRequested" || event.kind === "rescheduled") {
      return momentText(format, event.startsAt, timeZone);
    }
    if (!isRecord && event.kind !== "proposed" && event.kind !== "countered") return null;
    const date = (isRecord ? dayText : momentText)(format, event.startsAt, timeZone);
    return t("eventTerms", { hours: hoursOf(event), date });
  };
  return (
    <Section title={t("page.history")}>
      <ListLimitNotice shown={events.length} most={MAX_ROWS.events} />
      <Timeline
        label={t("page.history")}
        items={events.map((event, index) => {
          const terms = termsOf(event);
          return {
            id: String(event.number),
            title: t(`event.${event.kind}`, {
              by: nameOf(event),
              hours: hoursOf(event),
            }),
            detail: (terms || event.cause || event.reason) && (
              <>
                {terms && <p>{terms}</p>}
                {event.cause && <p>{t(`cause.${event.cause}`)}</p>}
                {event.reason && <p>{t("eventReason", { reason: event.reason })}</p>}
              </>
            ),
            time: <Time dateTime={event.at}>{shortMomentText(format, event.at, timeZone)}</Time>,
            current: index === events.length - 1,
          };
        })}
      />
    </Section>
  );
}
