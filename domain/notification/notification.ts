/**
 * Who is notified of what. A notification is one fact for one member. How it reaches them (the page, an e-mail)
 * is not decided here.
 */
import type { ExchangeEventKind } from "../exchange/transitions";

/**
 * - needed: what an exchange of the member's, or their account, needs them to know
 * - messages: a note or a message
 * - thanks: thanks, and hours that arrived
 * - matches: new listings that a saved search finds
 * - community: announcements
 * - coordination: what waits for a coordinator
 */
export const notificationKinds = [
  "needed",
  "messages",
  "thanks",
  "matches",
  "community",
  "coordination",
] as const;
export type NotificationKind = (typeof notificationKinds)[number];

/** What happened: an event of an exchange, or something that is no event of its history. */
export type NotificationEvent = ExchangeEventKind | OtherEvent;
export const otherEvents = [
  "noteWritten",
  "thanked",
  "reminded",
  "visitSoon",
  "mailPaused",
] as const;
export type OtherEvent = (typeof otherEvents)[number];

/** Whether it is an event of an exchange's history, which has words of its own there. */
export const isExchangeEvent = (event: NotificationEvent): event is ExchangeEventKind =>
  event in exchangeAudience;

/** What a notification is about; one of its ids is set. */
export type SubjectIds = { exchangeId: string | null; aboutId: string | null };

/** Where the subject is shown, within the community's pages. */
export function subjectPath({ exchangeId, aboutId }: SubjectIds): string {
  if (exchangeId) return `/exchanges/${exchangeId}`;
  if (aboutId) return `/members/${aboutId}`;
  return "/notifications";
}

/**
 * Who is notified of an event: `sides` are the sides except the one who acted, `coordinators` the active
 * coordinators who are neither side.
 */
type Audience = { sides: NotificationKind; coordinators?: NotificationKind };

const needed: Audience = { sides: "needed" };
const decision: Audience = { sides: "needed", coordinators: "coordination" };

/** Every event of an exchange with those who are notified. */
export const exchangeAudience: Record<ExchangeEventKind, Audience> = {
  proposed: needed,
  countered: needed,
  agreed: needed,
  declined: needed,
  withdrawn: needed,
  cancelled: needed,
  recorded: needed,
  reported: needed,
  confirmed: { sides: "thanks" },
  disputed: decision,
  resolvedWithHours: needed,
  resolvedWithoutHours: needed,
  expired: needed,
  settledAutomatically: needed,
  escalated: decision,
  reversed: needed,
  returned: needed,
  rescheduleRequested: needed,
  rescheduled: needed,
  rescheduleCancelled: needed,
  late: needed,
  notHappened: needed,
};

/** The kinds that the next event of the same exchange replaces: the member then needs to know that one. */
export const replacedKinds = ["needed", "coordination"] as const satisfies NotificationKind[];

/**
 * The members to notify of an event.
 * @param by the side or the coordinator who acted; null when time acted
 * @returns the ids of accounts; the caller leaves out those that belong to no member, such as the fund's
 */
export function sidesToNotify(
  { giverId, receiverId }: { giverId: string; receiverId: string },
  by: string | null,
): string[] {
  return [giverId, receiverId].filter((id) => id !== by);
}
