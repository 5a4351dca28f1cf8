/** Calendar endpoints: iCalendar (RFC 5545) of one exchange, or of all exchanges of a user. */
import ical, { ICalAlarmType, ICalEventStatus } from "ical-generator";
import { createTranslator } from "use-intl/core";
import { directionOf } from "@/domain/kernel/languages";
import { sideText } from "../../../domain/exchange/sides";
import { promisedStatuses } from "../../../domain/exchange/status";
import { isolating } from "../../../domain/kernel/direction";
import { DomainError } from "../../../domain/kernel/errors";
import { token as tokenShape } from "../../../domain/kernel/input";
import { localeTag } from "../../../domain/kernel/region";
import { ownerOfCalendar } from "../../calendar/commands";
import { type CalendarEntry, readCalendar } from "../../calendar/queries";
import { env } from "../../platform/env";
import { type Locale, localeOf, messagesOf } from "../../platform/i18n/messages";
import { requireWithinRate } from "../../platform/rate-limit";
import { logSecurity } from "../../platform/security-log";
import { clientAddress } from "../auth";
import { api, callOrNull } from "../caller";
import { createContext } from "./trpc-http";

const HEADERS = {
  "Content-Type": "text/calendar; charset=utf-8",
  "Cache-Control": "private, no-store",
  // A leaked URL must not appear in search engines.
  "X-Robots-Tag": "noindex",
};

const nothing = () =>
  new Response("Not found\n", { status: 404, headers: { "Cache-Control": "no-store" } });

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
function icsOf(entries: readonly CalendarEntry[], locale: Locale): string {
  const words = { locale: localeTag({ language: locale }), messages: messagesOf(locale) };
  const t = isolating(createTranslator({ ...words, namespace: "calendar" }), directionOf(locale));
  const names = createTranslator({ ...words, namespace: "memberName" });
  const calendar = ical({ name: t("name"), prodId: { company: "Evenhour", product: "Evenhour" } });
  for (const entry of entries) {
    const { id, version, title, startsAt, minutes, status, iGive, community } = entry;
    const name = sideText(names, entry.other);
    const summary = t(iGive ? "give" : "receive", { title, name });
    const event = calendar.createEvent({
      id: `${id}@evenhour`,
      sequence: version,
      start: startsAt,
      end: new Date(startsAt.getTime() + minutes * 60_000),
      stamp: entry.changedAt,
      lastModified: entry.changedAt,
      location: t(`place.${placeKey(entry)}`, { name }),
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

/** Answers with a user's calendar; its URL holds the token. Refused requests are logged. */
export async function calendarFeed(request: Request, token: string): Promise<Response> {
  const name = token.replace(/\.ics$/, "");
  const address = clientAddress(request.headers);
  const log = (why: string) =>
    logSecurity({ event: "refused", what: "calendar.feed", why, address });
  try {
    await requireWithinRate("calendar", address);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    log(error.code);
    return new Response("Too many requests\n", { status: 429 });
  }
  const owner = tokenShape.safeParse(name).success ? await ownerOfCalendar(name) : null;
  if (!owner) {
    log("notFound");
    return nothing();
  }
  const entries = await readCalendar(owner.userId, new Date());
  const language = owner.language ?? entries[0]?.community.language;
  return new Response(icsOf(entries, localeOf(language)), { headers: HEADERS });
}

/** Answers with one exchange as a calendar file, for its giver and receiver. */
export async function exchangeFile(
  request: Request,
  community: string,
  id: string,
): Promise<Response> {
  const { locale } = await createContext(request.headers);
  const procedures = await api();
  const exchange = await callOrNull(procedures.exchange.get({ community, id }));
  if (!exchange?.mySide) return nothing();
  const { name, language } = (await procedures.community.here({ community })).community;
  const { version, title, startsAt, agreedMinutes, status, mySide, other, place } = exchange;
  const changedAt = exchange.events.at(-1)?.at ?? exchange.createdAt;
  const entry = {
    id,
    version,
    title,
    startsAt,
    minutes: agreedMinutes,
    status,
    place,
    changedAt,
    community: { slug: community, name, language },
    iGive: mySide === "giver",
    other,
  };
  return new Response(icsOf([entry], locale), {
    headers: { ...HEADERS, "Content-Disposition": 'attachment; filename="evenhour.ics"' },
  });
}
