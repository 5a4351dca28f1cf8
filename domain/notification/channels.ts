/** How a notification reaches a member beside the pages: by e-mail or push, at once, later or not at all. */
import { Temporal } from "temporal-polyfill";
import { dayAfter, instantOf, localOf } from "../kernel/calendar";
import { type NotificationKind, notificationKinds } from "./notification";

export const channels = ["mail", "push"] as const;
export type Channel = (typeof channels)[number];

export const digestIntervals = ["daily", "weekly", "monthly", "never"] as const;
export type DigestInterval = (typeof digestIntervals)[number];

/** What an unsubscribe link stops: e-mails of a kind, or the digest. */
export type MailKind = NotificationKind | "digest";
export const isMailKind = (kind: string): kind is MailKind =>
  kind === "digest" || notificationKinds.some((known) => known === kind);

export type NotificationSettings = {
  /** Kinds that are sent by e-mail; "needed" always is. */
  mail: readonly NotificationKind[];
  /** Kinds that are sent as push messages. */
  push: readonly NotificationKind[];
  /** Local times ("21:00") between which nothing is sent; the same time twice for no quiet hours. */
  quietFrom: string;
  quietUntil: string;
  digest: DigestInterval;
  /** Whether calendars and locked screens show no names and titles. */
  hidesTitles: boolean;
};

/** What applies to members who have chosen nothing. Matches and announcements are in the digest. */
export const defaultSettings: NotificationSettings = {
  mail: ["needed", "messages", "thanks", "coordination"],
  push: ["needed", "messages", "thanks", "coordination"],
  quietFrom: "21:00",
  quietUntil: "08:00",
  digest: "weekly",
  hidesTitles: false,
};

/** Kinds that wait, and are not sent by e-mail once the member has seen them on a page. */
const MAIL_DELAY_MS: Partial<Record<NotificationKind, number>> = { messages: 2 * 60 * 60_000 };

/** Help this soon after a notification of its exchange overrides the quiet hours. */
export const URGENT_MS = 12 * 60 * 60_000;

type Occasion = {
  kind: NotificationKind;
  createdAt: Date;
  /** When the help takes place that it is about; null without one. */
  visitAt: Date | null;
};

/** Whether an e-mail is left out once the member has seen the notification: only when it waited for that. */
export const isLeftOutOnceSeen = (kind: NotificationKind): boolean => kind in MAIL_DELAY_MS;

/**
 * When a notification is sent by a channel.
 * @param timeZone the community's
 * @returns null when the member does not want it there
 */
export function sendingTime(
  channel: Channel,
  { kind, createdAt, visitAt }: Occasion,
  settings: NotificationSettings,
  timeZone: string,
): Date | null {
  const isAlways = channel === "mail" && kind === "needed";
  if (!isAlways && !settings[channel].includes(kind)) return null;
  const delay = channel === "mail" ? (MAIL_DELAY_MS[kind] ?? 0) : 0;
  const at = new Date(createdAt.getTime() + delay);
  const untilVisit = visitAt ? visitAt.getTime() - at.getTime() : Number.POSITIVE_INFINITY;
  const isUrgent = kind === "needed" && untilVisit > 0 && untilVisit <= URGENT_MS;
  return isUrgent ? at : afterQuietHours(at, settings, timeZone);
}

/** The instant itself, or the end of the quiet hours that it is in. */
export function afterQuietHours(
  at: Date,
  { quietFrom, quietUntil }: Pick<NotificationSettings, "quietFrom" | "quietUntil">,
  timeZone: string,
): Date {
  if (quietFrom === quietUntil) return at;
  const { date, time } = localOf(at, timeZone);
  const isOverMidnight = quietFrom > quietUntil;
  const isQuiet = isOverMidnight
    ? time >= quietFrom || time < quietUntil
    : time >= quietFrom && time < quietUntil;
  if (!isQuiet) return at;
  const endsTomorrow = isOverMidnight && time >= quietFrom;
  const end = instantOf(endsTomorrow ? dayAfter(date) : date, quietUntil, timeZone);
  // An hour that occurs twice can end before it has passed a second time.
  return end > at ? end : at;
}

/** The local time at which digests are due. */
const DIGEST_TIME = "08:00";

/**
 * The next time a digest is due: the next morning, the next Monday morning, or the morning of the first of a month.
 * @returns null for "never"
 */
export function nextDigest(interval: DigestInterval, now: Date, timeZone: string): Date | null {
  const today = Temporal.PlainDate.from(localOf(now, timeZone).date);
  const next = {
    daily: () => today.add({ days: 1 }),
    weekly: () => today.add({ days: 8 - today.dayOfWeek }),
    monthly: () => today.with({ day: 1 }).add({ months: 1 }),
    never: () => null,
  }[interval]();
  return next && instantOf(next.toString(), DIGEST_TIME, timeZone);
}
