/**
 * The life of an exchange as one pure function: `decide` returns everything that a step changes.
 *
 *   proposed → agreed → reported → settled
 *   aside:     declined, withdrawn, cancelled, expired, disputed
 *
 * "Who pays may settle at once; who earns needs the payer's word": a receiver who records or reports at
 * least what was agreed settles; a giver waits for the receiver. A receiver who reports *less* than was
 * agreed waits for the giver, since that lowers a promise.
 */
import { DomainError } from "../kernel/errors";
import { type ExchangeStatus, isOver } from "./status";

/** What a member or a coordinator can do to an exchange, in the order in which a page offers it. */
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
  "returnHours",
  "reverse",
] as const;
export type ExchangeAction = (typeof exchangeActions)[number];
/** What happens without anybody, when an exchange is due. */
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

/** Why help did not happen; nobody is blamed. */
export const notHappenedReasons = ["ill", "forgot", "weather", "mixUp", "other"] as const;
export type NotHappenedReason = (typeof notHappenedReasons)[number];

/** The part of an exchange that its life depends on. */
export type ExchangeState = {
  status: ExchangeStatus;
  giverId: string;
  receiverId: string;
  /** The side that made the pending proposal, request for another time, or report. */
  pendingById: string;
  startsAt: Date;
  minutes: number;
  agreedAt: Date | null;
  reportedMinutes: number | null;
  reportedAt: Date | null;
  remindedAt: Date | null;
  /** When time acts next. */
  dueAt: Date | null;
  /** The other beginning that the pending side asks for, while it is agreed. */
  rescheduleTo: Date | null;
  createdAt: Date;
  endedAt: Date | null;
  reversedAt: Date | null;
};

export type ExchangeRules = { confirmationDays: number };

export type ExchangeActor = { memberId: string; isCoordinator: boolean };

/** What the actor is to the exchange: one of its sides, a coordinator who is neither, or a stranger. */
export type ExchangeParty = "author" | "other" | "coordinator" | "stranger";

/** One step that an actor asks for, with everything it needs. */
export type ExchangeRequest =
  | { action: "agree" | "withdraw" | "confirm" | "acceptReschedule" | "cancelReschedule" }
  | {
      action: "decline" | "cancel" | "dispute" | "resolveWithoutHours" | "returnHours" | "reverse";
      reason: string;
    }
  | {
      action: "counter";
      startsAt: Date;
      minutes: number;
      place: string;
      placeNote: string;
    }
  | { action: "report"; minutes: number }
  | { action: "resolveWithHours"; minutes: number; reason: string }
  | { action: "requestReschedule"; startsAt: Date; reason: string }
  | { action: "reportDelay"; minutes: number }
  | { action: "markNotHappened"; cause: NotHappenedReason; reason: string };

/** What the books do together with a transition; minutes move from the receiver to the giver. */
export type LedgerOperation =
  | { kind: "placeHold"; minutes: number }
  | { kind: "releaseHold" }
  | { kind: "postTransfer"; minutes: number }
  | { kind: "reverseTransfer" };

export type ExchangePatch = Partial<
  Omit<ExchangeState, "giverId" | "receiverId" | "createdAt"> & {
    place: string;
    placeNote: string;
    /** An old exchange may overlap another one of its giver, until it is moved. */
    overlapExempt: boolean;
  }
>;

/** Everything that one step changes: the exchange, its history, and the books. */
export type Transition = {
  patch: ExchangePatch & { status: ExchangeStatus; dueAt: Date | null };
  event: {
    kind: ExchangeEventKind;
    minutes: number | null;
    startsAt: Date | null;
    reason: string;
    cause: NotHappenedReason | "";
  };
  ledger: readonly LedgerOperation[];
};

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;
/** A proposal waits this long for an answer, or until the help was to begin. */
export const PROPOSAL_DAYS = 14;
/** An agreed exchange that nobody reports frees its hold this long after its time. */
export const UNREPORTED_DAYS = 30;
/** How long before the beginning a delay can be reported. */
const DELAY_REPORT_FROM_MS = 3 * 60 * MINUTE_MS;

/** Which party may take which step in which status. Agreed exchanges wait for either side. */
const transitions: Partial<
  Record<ExchangeStatus, Partial<Record<ExchangeAction, ExchangeParty[]>>>
> = {
  proposed: {
    // The proposer may change the terms too, for instance when the hour is taken meanwhile.
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
  settled: {
    returnHours: ["other"],
    reverse: ["coordinator"],
  },
};

/** What the member is to this exchange; being a side counts before being a coordinator. */
export function partyOf(
  exchange: Pick<ExchangeState, "giverId" | "receiverId" | "pendingById">,
  actor: ExchangeActor,
): ExchangeParty {
  const isSide = [exchange.giverId, exchange.receiverId].includes(actor.memberId);
  if (isSide) return exchange.pendingById === actor.memberId ? "author" : "other";
  return actor.isCoordinator ? "coordinator" : "stranger";
}

type Settled = Pick<
  ExchangeState,
  "status" | "giverId" | "pendingById" | "agreedAt" | "endedAt" | "reversedAt"
>;

/**
 * Until when a member may return hours that the other side's record gave them, without having said anything
 * themselves; null when they may not. What both agreed to is undone by a coordinator only.
 */
export function returnableUntil(
  { status, giverId, pendingById, agreedAt, endedAt, reversedAt }: Settled,
  memberId: string,
  rules: ExchangeRules,
): Date | null {
  const wasCredited = status === "settled" && giverId === memberId && pendingById !== memberId;
  if (!wasCredited || agreedAt !== null || reversedAt !== null || endedAt === null) return null;
  return new Date(endedAt.getTime() + rules.confirmationDays * DAY_MS);
}

/** What settled at this moment or before can be returned no more. */
export const returnableSince = ({ confirmationDays }: ExchangeRules, now: Date): Date =>
  new Date(now.getTime() - confirmationDays * DAY_MS);

/** Whether a step fits what the exchange is now, apart from who asks; `status` is checked by the table. */
function isOpenTo(
  exchange: ExchangeState,
  action: ExchangeAction,
  actor: ExchangeActor,
  rules: ExchangeRules,
  now: Date,
): boolean {
  switch (action) {
    case "acceptReschedule":
    case "cancelReschedule":
      return exchange.rescheduleTo !== null;
    case "reverse":
      return exchange.reversedAt === null;
    case "returnHours": {
      const until = returnableUntil(exchange, actor.memberId, rules);
      return until !== null && until > now;
    }
    default:
      return true;
  }
}

/** The steps that the actor may take now, in the order in which a page offers them. */
export function possibleActions(
  exchange: ExchangeState,
  actor: ExchangeActor,
  rules: ExchangeRules,
  now: Date,
): ExchangeAction[] {
  const party = partyOf(exchange, actor);
  return exchangeActions.filter(
    (action) =>
      transitions[exchange.status]?.[action]?.includes(party) &&
      isOpenTo(exchange, action, actor, rules, now),
  );
}

/**
 * The steps that a page offers the actor now: those that are possible and make sense at this moment.
 * @param isGiverBusy whether the giver is promised elsewhere at that time, as far as the actor may know
 */
export function offeredActions(
  exchange: ExchangeState,
  actor: ExchangeActor,
  rules: ExchangeRules,
  now: Date,
  isGiverBusy = false,
): ExchangeAction[] {
  const begins = exchange.startsAt.getTime();
  const makesSense: Partial<Record<ExchangeAction, boolean>> = {
    agree: !isGiverBusy,
    reportDelay:
      begins - now.getTime() <= DELAY_REPORT_FROM_MS && now.getTime() < endOfHelp(exchange),
    markNotHappened: begins <= now.getTime(),
  };
  return possibleActions(exchange, actor, rules, now).filter(
    (action) => makesSense[action] ?? true,
  );
}

/** Whether the exchange waits for this member's answer: to a proposal, a report, another time. */
export function isTurnOf(
  exchange: Pick<
    ExchangeState,
    "status" | "giverId" | "receiverId" | "pendingById" | "rescheduleTo"
  >,
  memberId: string,
): boolean {
  if (exchange.status === "disputed") return false;
  const party = partyOf(exchange, { memberId, isCoordinator: false });
  const answers: ExchangeAction[] = ["agree", "confirm"];
  if (exchange.rescheduleTo) answers.push("acceptReschedule");
  return answers.some((action) => transitions[exchange.status]?.[action]?.includes(party));
}

/** @throws DomainError why the actor may not take this step now */
function requirePossible(
  exchange: ExchangeState,
  action: ExchangeAction,
  actor: ExchangeActor,
  rules: ExchangeRules,
  now: Date,
): void {
  const party = partyOf(exchange, actor);
  if (party === "stranger") throw new DomainError("notFound");
  const isUndoing = action === "reverse" || action === "returnHours";
  const parties = transitions[exchange.status]?.[action];
  if (isUndoing && (party === "coordinator") !== (action === "reverse")) {
    throw new DomainError("notAllowed");
  }
  if (isUndoing && exchange.reversedAt) throw new DomainError("alreadyReversed");
  if (!parties || !isOpenTo(exchange, action, actor, rules, now)) {
    const isEnd = isOver(exchange.status) && !isUndoing;
    throw new DomainError(isEnd ? "exchangeOver" : "notPossibleNow");
  }
  if (!parties.includes(party)) {
    if (isUndoing) throw new DomainError("notPossibleNow");
    throw new DomainError(party === "coordinator" ? "notAllowed" : "notYourTurn");
  }
  if (action === "markNotHappened" && exchange.startsAt > now) throw new DomainError("notYetOver");
}

/** The transition to a patched exchange: what follows from the new status is set here, in one place. */
function transition(
  exchange: ExchangeState,
  patch: ExchangePatch,
  event: Partial<Transition["event"]> & { kind: ExchangeEventKind },
  ledger: readonly LedgerOperation[],
  rules: ExchangeRules,
  now: Date,
): Transition {
  const next: ExchangeState = { ...exchange, ...patch };
  const moved = ledger.find((operation) => operation.kind === "postTransfer");
  // What moved is what counts from now on: a report that settles automatically may move less.
  if (moved) next.reportedMinutes = moved.minutes;
  // Another time is asked for of what is agreed, and of nothing else.
  if (next.status !== "agreed") next.rescheduleTo = null;
  // Of what is undone the end stays: it settled then.
  if (exchange.status !== "settled") next.endedAt = isOver(next.status) ? now : null;
  next.dueAt = nextDue(next, rules, now)?.at ?? null;
  return {
    patch: {
      ...patch,
      status: next.status,
      reportedMinutes: next.reportedMinutes,
      rescheduleTo: next.rescheduleTo,
      endedAt: next.endedAt,
      dueAt: next.dueAt,
    },
    event: {
      minutes: next.reportedMinutes ?? next.minutes,
      startsAt: next.startsAt,
      reason: "",
      cause: "",
      ...event,
    },
    ledger,
  };
}

/**
 * Decides a step that a member or a coordinator asks for.
 * @returns everything that changes
 * @throws DomainError notFound for a stranger, exchangeOver, notYourTurn, notAllowed, notPossibleNow,
 *   alreadyReversed, notYetOver (help that has not begun cannot have failed to happen)
 */
export function decide(
  exchange: ExchangeState,
  request: ExchangeRequest,
  actor: ExchangeActor,
  rules: ExchangeRules,
  now: Date,
): Transition {
  requirePossible(exchange, request.action, actor, rules, now);
  const pendingById = actor.memberId;
  const release: LedgerOperation[] = exchange.agreedAt ? [{ kind: "releaseHold" }] : [];
  const to = (
    patch: ExchangePatch,
    event: Parameters<typeof transition>[2],
    ledger: LedgerOperation[] = [],
  ) => transition(exchange, patch, event, ledger, rules, now);
  switch (request.action) {
    case "counter": {
      const { startsAt, minutes, place, placeNote } = request;
      const terms = { startsAt, minutes, place, placeNote };
      return to({ ...terms, pendingById, remindedAt: null }, { kind: "countered" });
    }
    case "agree":
      return to({ status: "agreed", agreedAt: now, remindedAt: null }, { kind: "agreed" }, [
        { kind: "placeHold", minutes: exchange.minutes },
      ]);
    case "decline":
      return to({ status: "declined" }, { kind: "declined", reason: request.reason });
    case "withdraw":
      return to({ status: "withdrawn" }, { kind: "withdrawn" }, release);
    case "cancel":
      return to({ status: "cancelled" }, { kind: "cancelled", reason: request.reason }, [
        { kind: "releaseHold" },
      ]);
    case "report": {
      const { minutes } = request;
      const patch = { reportedMinutes: minutes, pendingById, reportedAt: now, remindedAt: null };
      return settlesAtOnce(exchange, pendingById, minutes)
        ? to({ ...patch, status: "settled" }, { kind: "reported" }, [
            { kind: "postTransfer", minutes },
          ])
        : to({ ...patch, status: "reported" }, { kind: "reported" });
    }
    case "confirm":
      return to({ status: "settled" }, { kind: "confirmed" }, [
        { kind: "postTransfer", minutes: exchange.reportedMinutes ?? exchange.minutes },
      ]);
    case "dispute":
      return to({ status: "disputed" }, { kind: "disputed", reason: request.reason });
    case "resolveWithHours":
      return to({ status: "settled" }, { kind: "resolvedWithHours", reason: request.reason }, [
        { kind: "postTransfer", minutes: request.minutes },
      ]);
    case "resolveWithoutHours":
      return to(
        { status: "cancelled" },
        { kind: "resolvedWithoutHours", reason: request.reason },
        release,
      );
    case "requestReschedule": {
      const { startsAt, reason } = request;
      return to(
        { rescheduleTo: startsAt, pendingById },
        { kind: "rescheduleRequested", startsAt, reason },
      );
    }
    case "acceptReschedule":
      return to(
        {
          startsAt: exchange.rescheduleTo ?? exchange.startsAt,
          rescheduleTo: null,
          remindedAt: null,
          overlapExempt: false,
        },
        { kind: "rescheduled" },
      );
    case "cancelReschedule":
      return to({ rescheduleTo: null }, { kind: "rescheduleCancelled" });
    case "reportDelay":
      return to({}, { kind: "late", minutes: request.minutes });
    case "markNotHappened":
      return to(
        { status: "cancelled" },
        { kind: "notHappened", reason: request.reason, cause: request.cause },
        [{ kind: "releaseHold" }],
      );
    case "returnHours":
      return to({ reversedAt: now }, { kind: "returned", reason: request.reason, startsAt: null }, [
        { kind: "reverseTransfer" },
      ]);
    case "reverse":
      return to({ reversedAt: now }, { kind: "reversed", reason: request.reason, startsAt: null }, [
        { kind: "reverseTransfer" },
      ]);
  }
}

/** Whether this report needs no answer: it is the payer's own, and not below what was agreed. */
function settlesAtOnce(exchange: ExchangeState, memberId: string, minutes: number): boolean {
  if (memberId !== exchange.receiverId) return false;
  return exchange.agreedAt === null || minutes >= exchange.minutes;
}

/** The state of a new proposal, with the hour at which it expires. */
export function proposal(
  terms: Pick<ExchangeState, "giverId" | "receiverId" | "startsAt" | "minutes">,
  proposerId: string,
  rules: ExchangeRules,
  now: Date,
): ExchangeState {
  const state: ExchangeState = {
    ...terms,
    status: "proposed",
    pendingById: proposerId,
    agreedAt: null,
    reportedMinutes: null,
    reportedAt: null,
    remindedAt: null,
    dueAt: null,
    rescheduleTo: null,
    createdAt: now,
    endedAt: null,
    reversedAt: null,
  };
  return { ...state, dueAt: nextDue(state, rules, now)?.at ?? null };
}

/** How help that already happened begins its life: settled by the payer, else waiting for them. */
export function decideRecord(exchange: ExchangeState, rules: ExchangeRules, now: Date): Transition {
  const { minutes, pendingById, receiverId } = exchange;
  const patch = { reportedMinutes: minutes, reportedAt: now };
  return pendingById === receiverId
    ? transition(
        exchange,
        { ...patch, status: "settled" },
        { kind: "recorded" },
        [{ kind: "postTransfer", minutes }],
        rules,
        now,
      )
    : transition(exchange, { ...patch, status: "reported" }, { kind: "recorded" }, [], rules, now);
}

type Timing = Pick<
  ExchangeState,
  "status" | "startsAt" | "minutes" | "agreedAt" | "reportedAt" | "remindedAt" | "createdAt"
>;

/** When the help ends, as it was proposed or agreed; in milliseconds. */
const endOfHelp = ({ startsAt, minutes }: Pick<ExchangeState, "startsAt" | "minutes">): number =>
  startsAt.getTime() + minutes * MINUTE_MS;

/**
 * When time acts next on an exchange, and how; null when it never does.
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
      const earliest = proposedAt.getTime() + DAY_MS;
      const latest = proposedAt.getTime() + PROPOSAL_DAYS * DAY_MS;
      const at = Math.min(Math.max(exchange.startsAt.getTime(), earliest), latest);
      return { at: new Date(at), action: "expire" };
    }
    case "agreed": {
      const end = endOfHelp(exchange);
      if (!exchange.remindedAt) return { at: new Date(end), action: "remind" };
      return { at: new Date(end + UNREPORTED_DAYS * DAY_MS), action: "expire" };
    }
    case "reported": {
      const reported = (exchange.reportedAt ?? exchange.createdAt).getTime();
      // Past help that was recorded has a day and no hour: its beginning is noon of that day.
      const from = exchange.agreedAt ? Math.max(reported, endOfHelp(exchange)) : reported;
      const window = rules.confirmationDays * DAY_MS;
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
  // Only the stored date knows when the pending proposal was made.
  if (due && exchange.status === "proposed") return { ...due, at: exchange.dueAt ?? due.at };
  if (due?.action !== "remind") return due;
  return nextDue({ ...exchange, remindedAt: due.at }, rules, exchange.createdAt);
}

/** What a reminder changes; the exchange stays as it is and nothing enters its history. */
export type Reminder = { remindedAt: Date; dueAt: Date | null };

/**
 * What time does to an exchange that is due; null when it is not (a job that is early, late or run twice
 * does no harm). The stored date is never trusted alone: a date from before a change of the rule may be too
 * early. A report settles automatically for at most the agreed minutes.
 */
export function decideDue(
  exchange: ExchangeState,
  rules: ExchangeRules,
  now: Date,
):
  | { action: "remind"; reminder: Reminder }
  | ({ action: Exclude<TimeAction, "remind"> } & Transition)
  | null {
  if (!exchange.dueAt || exchange.dueAt > now) return null;
  const due = nextDue(exchange, rules, exchange.createdAt);
  if (!due || due.at > now) return null;
  const to = (
    status: ExchangeStatus,
    kind: ExchangeEventKind,
    ledger: readonly LedgerOperation[],
  ) => transition(exchange, { status }, { kind }, ledger, rules, now);
  switch (due.action) {
    case "remind": {
      const dueAt = nextDue({ ...exchange, remindedAt: now }, rules, now)?.at ?? null;
      return { action: "remind", reminder: { remindedAt: now, dueAt } };
    }
    case "expire":
      return {
        action: "expire",
        ...to("expired", "expired", exchange.agreedAt ? [{ kind: "releaseHold" }] : []),
      };
    case "settle": {
      const minutes = Math.min(exchange.reportedMinutes ?? exchange.minutes, exchange.minutes);
      return {
        action: "settle",
        ...to("settled", "settledAutomatically", [{ kind: "postTransfer", minutes }]),
      };
    }
    case "escalate":
      return { action: "escalate", ...to("disputed", "escalated", []) };
  }
}
