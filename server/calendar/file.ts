import ical, { ICalAlarmType, ICalEventStatus } from "ical-generator";
import { createTranslator } from "use-intl/core";
import { sideText } from "../../domain/exchange/sides";
import { promisedStatuses } from "../../domain/exchange/status";
import { isolating } from "../../domain/kernel/direction";
import { directionOf } from "../../domain/kernel/languages";
import { localeTag } from "../../domain/kernel/region";
import { env } from "../platform/env";
import { type Locale, messagesOf } from "../platform/i18n/messages";
import type { CalendarEntry } from "./queries";

/** Calendars strike out a cancelled event; so cancelled, expired and declined exchanges stay in. */
function statusOf({ status }: CalendarEntry): ICalEventStatus {
  if (status === "proposed") return ICalEventStatus.TENTATIVE;
  return promisedStatuses.includes(status) ? ICalEventStatus.CONFIRMED : ICalEventStatus.CANCELLED;
}

/** Seconds before an agreed exchange: a day and an hour. */
const ALARM_SECONDS_BEFORE = [24 * 3600, 3600];

/** Only the kind of place: the address stays in the exchange. */
function placeKey({ place, iGive }: CalendarEntry): "mine" | "theirs" | "online" | "elsewhere" {
  if (place === "online" || place === "elsewhere") return place;
  return (place === "giver") === iGive ? "mine" : "theirs";
}

/**
 * The exchanges as iCalendar. The UID of an exchange never changes. SEQUENCE grows with each
 * change, and so does DTSTAMP, since the file has no METHOD (RFC 5545, 3.8.7.2).
 */
export function calendarFile(entries: readonly CalendarEntry[], locale: Locale): string {
  const words = { locale: localeTag({ language: locale }), messages: messagesOf(locale) };
  const t = isolating(createTranslator({ ...words, namespace: "calendar" }), directionOf(locale));
  const names = createTranslator({ ...words, namespace: "memberName" });
  const calendar = ical({ name: t("name"), prodId: { company: "Evenhour", product: "Evenhour" } });
  for (const entry of entries) {
    const { id, version, title, startsAt, minutes, status, iGive, community } = entry;
    const name = sideText(names, entry.other);
    const summary = entry.isNeutral ? t("neutral") : t(iGive ? "give" : "receive", { title, name });
    const event = calendar.createEvent({
      id: `${id}@evenhour`,
      sequence: version,
      start: startsAt,
      end: new Date(startsAt.getTime() + minutes * 60_000),
      stamp: entry.changedAt,
      lastModified: entry.changedAt,
      location: entry.isNeutral ? null : t(`place.${placeKey(entry)}`, { name }),
      summary: status === "proposed" ? t("proposed", { summary }) : summary,
      url: `${env().PUBLIC_URL}/${community.slug}/exchanges/${id}`,
      status: statusOf(entry),
    });
    if (status !== "agreed") continue;
    for (const triggerBefore of ALARM_SECONDS_BEFORE) {
      event.createAlarm({ type: ICalAlarmType.display, triggerBefore, description: summary });
    }
  }
  return calendar.toString();
}
