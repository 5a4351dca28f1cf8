/**
 * The life of an exchange as one pure function (DESIGN: rules 2–4).
 *
 *   proposed → agreed → reported → settled
 *   aside:     declined, withdrawn, cancelled, expired, disputed
 *
 * "Who pays may settle at once; who earns needs the payer's word": a receiver who records
 * or reports at least what was agreed settles; a giver waits for the receiver. A receiver
 * who reports *less* than was agreed waits for the giver, since that lowers a promise.
 */
import { DomainError } from "../kernel/errors";

export const exchangeStatuses = [
  "proposed",
  "agreed",
  "reported",
  "disputed",
  "settled",
  "declined",
  "withdrawn",
  "cancelled",
  "expired",
] as const;
export type ExchangeStatus = (typeof exchangeStatuses)[number];

/** What people can do to an exchange, and what time does. */
export const exchangeActions = [
  "counter",
  "agree",
  "decline",
  "withdraw",
  "cancel",
  "report",
  "confirm",
  "dispute",
  "resolveWithHours",
  "resolveWithoutHours",
  "requestReschedule",
  "acceptReschedule",
  "cancelReschedule",
  "reportDelay",
  "markNotHappened",
] as const;
export type ExchangeAction = (typeof exchangeActions)[number];
export type TimeAction = "remind" | "expire" | "settle" | "escalate";

export const exchangeEventKinds = [
  "proposed",
  "countered",
  "agreed",
  "declined",
  "withdrawn",
  "cancelled",
  "recorded",
  "reported",
  "confirmed",
  "disputed",
  "resolvedWithHours",
  "resolvedWithoutHours",
  "expired",
  "settledAutomatically",
  "escalated",
  "reversed",
  "returned",
  "rescheduleRequested",
  "rescheduled",
  "rescheduleCancelled",
  "late",
  "notHappened",
] as const;
export type ExchangeEventKind = (typeof exchangeEventKinds)[number];

/** Why help did not happen; nobody's fault. */
export const notHappenedReasons = ["ill", "forgot", "weather", "mixUp", "other"] as const;
export type NotHappenedReason = (typeof notHappenedReasons)[number];

/** The part of an exchange that its life depends on. */
export type ExchangeState = {
  status: ExchangeStatus;
  giverId: string;
  receiverId: string;
  /** Who made the standing proposal, asked to move it, or wrote the standing report. */
  pendingById: string;
  startsAt: Date;
  minutes: number;
  agreedAt: Date | null;
  reportedMinutes: number | null;
  reportedAt: Date | null;
  remindedAt: Date | null;
  dueAt: Date | null;
  /** The other beginning that the author asks for, while it is agreed. */
  rescheduleTo: Date | null;
  createdAt: Date;
};

export type ExchangeRules = { confirmationDays: number };

/** Who acts: one of the two sides, a coordinator who is neither, or a stranger. */
export type ExchangeParty = "author" | "other" | "coordinator" | "stranger";

/** What a move does to the exchange and to the books. */
export type ExchangeOutcome = {
  status: ExchangeStatus;
  event: ExchangeEventKind;
  /** The hold on the receiver's account: placed for `minutes`, or released. */
  hold?: "place" | "release";
  /** Minutes that move from the receiver to the giver. */
  transfer?: number;
};

const DAY = 24 * 60 * 60 * 1000;
/** A proposal waits this long for an answer, or until the help was to begin. */
export const PROPOSAL_DAYS = 14;
/** An agreed exchange that nobody reports frees its hold this long after its time. */
export const UNREPORTED_DAYS = 30;

/** Statuses in which nothing more happens between the two sides. */
export const isOver = (status: ExchangeStatus): boolean =>
  ["settled", "declined", "withdrawn", "cancelled", "expired"].includes(status);

/** What the person is to this exchange; being a side counts before being a coordinator. */
export function partyOf(
  exchange: Pick<ExchangeState, "giverId" | "receiverId" | "pendingById">,
  person: { memberId: string; isCoordinator: boolean },
): ExchangeParty {
  const isSide = [exchange.giverId, exchange.receiverId].includes(person.memberId);
  if (isSide) return exchange.pendingById === person.memberId ? "author" : "other";
  return person.isCoordinator ? "coordinator" : "stranger";
}

/** Which party may make which move in which status. Agreed exchanges wait for either side. */
const transitions: Partial<
  Record<ExchangeStatus, Partial<Record<ExchangeAction, ExchangeParty[]>>>
> = {
  proposed: {
    // Who proposed may think again too, for instance when the hour has gone to somebody else.
    counter: ["author", "other"],
    agree: ["other"],
    decline: ["other"],
    withdraw: ["author"],
  },
  agreed: {
    cancel: ["author", "other"],
    report: ["author", "other"],
    requestReschedule: ["author", "other"],
    acceptReschedule: ["other"],
    cancelReschedule: ["author", "other"],
    reportDelay: ["author", "other"],
    markNotHappened: ["author", "other"],
  },
  reported: {
    report: ["author"],
    withdraw: ["author"],
    confirm: ["other"],
    dispute: ["other"],
  },
  disputed: {
    withdraw: ["author"],
    confirm: ["other"],
    resolveWithHours: ["coordinator"],
    resolveWithoutHours: ["coordinator"],
  },
};

/** Moves that answer a request for another time, and need one. */
const needRescheduleRequest: ExchangeAction[] = ["acceptReschedule", "cancelReschedule"];

/** Which parties may make a move as things stand; undefined when nobody may. */
const partiesFor = (
  { status, rescheduleTo }: Pick<ExchangeState, "status" | "rescheduleTo">,
  action: ExchangeAction,
): ExchangeParty[] | undefined =>
  rescheduleTo === null && needRescheduleRequest.includes(action)
    ? undefined
    : transitions[status]?.[action];

/** The moves that a person may make now, in the order in which a page offers them. */
export function possibleActions(
  exchange: Pick<
    ExchangeState,
    "status" | "giverId" | "receiverId" | "pendingById" | "rescheduleTo"
  >,
  person: { memberId: string; isCoordinator: boolean },
): ExchangeAction[] {
  const party = partyOf(exchange, person);
  return exchangeActions.filter((action) => partiesFor(exchange, action)?.includes(party));
}

/**
 * Decides a move by a person.
 * @param minutes the minutes that `report` and `resolveWithHours` name; ignored otherwise
 * @throws DomainError notFound for a stranger, exchangeOver, notYourTurn, notPossibleNow
 */
export function decideTransition(
  exchange: ExchangeState,
  action: ExchangeAction,
  person: { memberId: string; isCoordinator: boolean },
  minutes?: number,
): ExchangeOutcome {
  const party = partyOf(exchange, person);
  if (party === "stranger") throw new DomainError("notFound");
  const parties = partiesFor(exchange, action);
  if (!parties) {
    throw new DomainError(isOver(exchange.status) ? "exchangeOver" : "notPossibleNow");
  }
  if (!parties.includes(party)) {
    throw new DomainError(party === "coordinator" ? "notAllowed" : "notYourTurn");
  }
  const release = exchange.agreedAt ? ({ hold: "release" } as const) : {};
  const amount = minutes ?? exchange.reportedMinutes ?? exchange.minutes;
  switch (action) {
    case "counter":
      return { status: "proposed", event: "countered" };
    case "agree":
      return { status: "agreed", event: "agreed", hold: "place" };
    case "decline":
      return { status: "declined", event: "declined" };
    case "withdraw":
      return { status: "withdrawn", event: "withdrawn", ...release };
    case "cancel":
      return { status: "cancelled", event: "cancelled", hold: "release" };
    case "report":
      return settlesAtOnce(exchange, person.memberId, amount)
        ? { status: "settled", event: "reported", transfer: amount }
        : { status: "reported", event: "reported" };
    case "confirm":
      return { status: "settled", event: "confirmed", transfer: amount };
    case "dispute":
      return { status: "disputed", event: "disputed" };
    case "resolveWithHours":
      return { status: "settled", event: "resolvedWithHours", transfer: amount };
    case "resolveWithoutHours":
      return { status: "cancelled", event: "resolvedWithoutHours", ...release };
    case "requestReschedule":
      return { status: "agreed", event: "rescheduleRequested" };
    case "acceptReschedule":
      return { status: "agreed", event: "rescheduled" };
    case "cancelReschedule":
      return { status: "agreed", event: "rescheduleCancelled" };
    case "reportDelay":
      return { status: "agreed", event: "late" };
    case "markNotHappened":
      return { status: "cancelled", event: "notHappened", hold: "release" };
  }
}

/** Whether the exchange waits for this person's word: a proposal, a report, another time. */
export const isTurnOf = (
  exchange: Parameters<typeof possibleActions>[0],
  memberId: string,
): boolean =>
  exchange.status !== "disputed" &&
  possibleActions(exchange, { memberId, isCoordinator: false }).some((action) =>
    ["agree", "confirm", "acceptReschedule"].includes(action),
  );

/** Whether this report needs no further word: the payer's own, not below what was agreed. */
function settlesAtOnce(exchange: ExchangeState, memberId: string, minutes: number): boolean {
  if (memberId !== exchange.receiverId) return false;
  return exchange.agreedAt === null || minutes >= exchange.minutes;
}

/** How help that already happened begins its life: settled by the payer, else waiting for them. */
export function recordOutcome(recordedBy: "giver" | "receiver", minutes: number): ExchangeOutcome {
  return recordedBy === "receiver"
    ? { status: "settled", event: "recorded", transfer: minutes }
    : { status: "reported", event: "recorded" };
}

type Timing = Pick<
  ExchangeState,
  "status" | "startsAt" | "minutes" | "agreedAt" | "reportedAt" | "remindedAt" | "createdAt"
>;

/** When the help ends, as it was proposed or agreed; in milliseconds. */
const endOfHelp = ({ startsAt, minutes }: Pick<ExchangeState, "startsAt" | "minutes">): number =>
  startsAt.getTime() + minutes * 60_000;

/**
 * Until when a member may return hours that somebody else's record gave them, without having said
 * anything themselves; null when they may not. What both agreed to is undone by a coordinator only.
 */
export function returnableUntil(
  exchange: Pick<ExchangeState, "status" | "giverId" | "pendingById" | "agreedAt"> & {
    endedAt: Date | null;
    reversedAt: Date | null;
  },
  memberId: string,
  rules: ExchangeRules,
): Date | null {
  const { status, giverId, pendingById, agreedAt, endedAt, reversedAt } = exchange;
  const wasCredited = status === "settled" && giverId === memberId && pendingById !== memberId;
  if (!wasCredited || agreedAt !== null || reversedAt !== null || endedAt === null) return null;
  return new Date(endedAt.getTime() + rules.confirmationDays * DAY);
}

/** What was settled at this moment or before can be returned no more. */
export const returnableSince = ({ confirmationDays }: ExchangeRules, now: Date): Date =>
  new Date(now.getTime() - confirmationDays * DAY);

/**
 * When time acts next on an exchange, and how; null when it never does by itself.
 * - proposed: expires after PROPOSAL_DAYS or at its beginning, never within a day of the proposal
 * - agreed: reminds both at its end, expires UNREPORTED_DAYS later
 * - reported: the window begins at the report, and for agreed help not before its end. Reminds at
 *   half the window, then settles (agreed) or goes to the coordinators, never sooner than half a
 *   window after the reminder
 */
export function nextDue(
  exchange: Timing,
  rules: ExchangeRules,
  proposedAt: Date,
): { at: Date; action: TimeAction } | null {
  switch (exchange.status) {
    case "proposed": {
      const earliest = proposedAt.getTime() + DAY;
      const latest = proposedAt.getTime() + PROPOSAL_DAYS * DAY;
      const at = Math.min(Math.max(exchange.startsAt.getTime(), earliest), latest);
      return { at: new Date(at), action: "expire" };
    }
    case "agreed": {
      const end = endOfHelp(exchange);
      if (!exchange.remindedAt) return { at: new Date(end), action: "remind" };
      return { at: new Date(end + UNREPORTED_DAYS * DAY), action: "expire" };
    }
    case "reported": {
      const reported = (exchange.reportedAt ?? exchange.createdAt).getTime();
      // Past help that was recorded has a day and no hour: its beginning is noon of that day.
      const from = exchange.agreedAt ? Math.max(reported, endOfHelp(exchange)) : reported;
      const window = rules.confirmationDays * DAY;
      if (!exchange.remindedAt) return { at: new Date(from + window / 2), action: "remind" };
      const action = exchange.agreedAt ? "settle" : "escalate";
      // A reminder that came late (the machine was off) still leaves time to answer it.
      const reminded = exchange.remindedAt.getTime() + window / 2;
      return { at: new Date(Math.max(from + window, reminded)), action };
    }
    default:
      return null;
  }
}

/** How and when an exchange ends if nobody does anything: what follows after the reminder. */
export function automaticOutcome(
  exchange: Timing & Pick<ExchangeState, "dueAt">,
  rules: ExchangeRules,
): { at: Date; action: TimeAction } | null {
  const due = nextDue(exchange, rules, exchange.createdAt);
  // Only the stored date knows when the standing proposal was made.
  if (due && exchange.status === "proposed") return { ...due, at: exchange.dueAt ?? due.at };
  if (due?.action !== "remind") return due;
  return nextDue({ ...exchange, remindedAt: due.at }, rules, exchange.createdAt);
}

/**
 * What time does to an exchange whose hour has come; null when it is not due (a job that is
 * early, late or run twice does no harm). The stored date is never trusted alone: a date from
 * before a change of the rule may be too early. `remind` leaves the exchange as it is.
 * A report settles by itself for at most the agreed minutes.
 */
export function dueTransition(
  exchange: ExchangeState,
  rules: ExchangeRules,
  now: Date,
): (ExchangeOutcome & { action: TimeAction }) | { action: "remind" } | null {
  if (!exchange.dueAt || exchange.dueAt > now) return null;
  const due = nextDue(exchange, rules, exchange.createdAt);
  if (!due || due.at > now) return null;
  switch (due.action) {
    case "remind":
      return { action: "remind" };
    case "expire":
      return {
        action: "expire",
        status: "expired",
        event: "expired",
        ...(exchange.agreedAt ? { hold: "release" as const } : {}),
      };
    case "settle":
      return {
        action: "settle",
        status: "settled",
        event: "settledAutomatically",
        transfer: Math.min(exchange.reportedMinutes ?? exchange.minutes, exchange.minutes),
      };
    case "escalate":
      return { action: "escalate", status: "disputed", event: "escalated" };
  }
}
