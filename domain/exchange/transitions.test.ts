import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../kernel/errors";
import { type ExchangeStatus, exchangeStatuses } from "./status";
import {
  automaticOutcome,
  decide,
  decideDue,
  decideRecord,
  type ExchangeAction,
  type ExchangeActor,
  type ExchangeRequest,
  type ExchangeState,
  exchangeActions,
  isTurnOf,
  type LedgerOperation,
  nextDue,
  offeredActions,
  PROPOSAL_DAYS,
  partyOf,
  possibleActions,
  proposal,
  UNREPORTED_DAYS,
} from "./transitions";

const DAY = 86_400_000;
const now = new Date("2026-06-01T10:00:00Z");
const rules = { confirmationDays: 7 };
const giver = { memberId: "giver", isCoordinator: false };
const receiver = { memberId: "receiver", isCoordinator: false };
const coordinator = { memberId: "carla", isCoordinator: true };
const stranger = { memberId: "sam", isCoordinator: false };

const exchange = (status: ExchangeStatus, more: Partial<ExchangeState> = {}): ExchangeState => ({
  status,
  giverId: "giver",
  receiverId: "receiver",
  pendingById: "receiver",
  startsAt: new Date(now.getTime() + 3 * DAY),
  minutes: 90,
  agreedAt: ["agreed", "reported", "disputed", "settled"].includes(status) ? now : null,
  reportedMinutes: ["reported", "disputed"].includes(status) ? 90 : null,
  reportedAt: ["reported", "disputed"].includes(status) ? now : null,
  remindedAt: null,
  dueAt: null,
  rescheduleTo: null,
  createdAt: now,
  endedAt: status === "settled" ? now : null,
  reversedAt: null,
  ...more,
});

const later = new Date(now.getTime() + 10 * DAY);

/** A request with everything that its action needs. */
function request(action: ExchangeAction, minutes = 90): ExchangeRequest {
  const reason = "because";
  switch (action) {
    case "counter":
      return { action, startsAt: later, minutes, place: "giver", placeNote: "" };
    case "report":
    case "reportDelay":
      return { action, minutes };
    case "resolveWithHours":
      return { action, minutes, reason };
    case "requestReschedule":
      return { action, startsAt: later, reason };
    case "markNotHappened":
      return { action, cause: "ill", reason };
    case "decline":
    case "cancel":
    case "dispute":
    case "resolveWithoutHours":
    case "returnHours":
    case "reverse":
      return { action, reason };
    default:
      return { action };
  }
}

const step = (
  state: ExchangeState,
  action: ExchangeAction,
  actor: ExchangeActor,
  minutes?: number,
  at = now,
) => decide(state, request(action, minutes), actor, rules, at);

const actionsOf = (state: ExchangeState, actor: ExchangeActor) =>
  possibleActions(state, actor, rules, now);

const PLACE: LedgerOperation = { kind: "placeHold", minutes: 90 };
const RELEASE: LedgerOperation = { kind: "releaseHold" };
const transfer = (minutes: number): LedgerOperation => ({ kind: "postTransfer", minutes });

const onTheDay = {
  requestReschedule: "agreed",
  reportDelay: "agreed",
  markNotHappened: "cancelled",
} as const;

/**
 * The whole table: in each status, what each party may do and what becomes of it. A cell that is
 * not named is refused. The author is the receiver here, the other side is the giver.
 */
const table: Record<
  ExchangeStatus,
  Partial<
    Record<"author" | "other" | "coordinator", Partial<Record<ExchangeAction, ExchangeStatus>>>
  >
> = {
  proposed: {
    author: { counter: "proposed", withdraw: "withdrawn" },
    other: { counter: "proposed", agree: "agreed", decline: "declined" },
  },
  agreed: {
    author: { cancel: "cancelled", report: "settled", ...onTheDay },
    other: { cancel: "cancelled", report: "reported", ...onTheDay },
  },
  reported: {
    author: { report: "settled", withdraw: "withdrawn" },
    other: { confirm: "settled", dispute: "disputed" },
  },
  disputed: {
    author: { withdraw: "withdrawn" },
    other: { confirm: "settled" },
    coordinator: { resolveWithHours: "settled", resolveWithoutHours: "cancelled" },
  },
  settled: { coordinator: { reverse: "settled" } },
  declined: {},
  withdrawn: {},
  cancelled: {},
  expired: {},
};

const people = { author: receiver, other: giver, coordinator, stranger };

describe("who may do what to an exchange", () => {
  for (const status of exchangeStatuses) {
    for (const [party, person] of Object.entries(people)) {
      for (const action of exchangeActions) {
        const row: Partial<Record<string, Partial<Record<ExchangeAction, ExchangeStatus>>>> =
          table[status];
        const expected = row[party]?.[action];
        it(`${status}: ${party} ${action} → ${expected ?? "refused"}`, () => {
          // On the day itself, when everything that needs the beginning can happen.
          const state = exchange(status, { startsAt: now });
          const decided = () => step(state, action, person);
          if (expected) expect(decided().patch.status).toBe(expected);
          else expect(decided).toThrow(DomainError);
          expect(actionsOf(state, person).includes(action)).toBe(Boolean(expected));
        });
      }
    }
  }

  it("tells a stranger that there is nothing", () => {
    expect(() => step(exchange("proposed"), "agree", stranger)).toThrow("notFound");
  });

  it("lets no coordinator decide a dispute of their own", () => {
    const own = { memberId: "giver", isCoordinator: true };
    expect(() => step(exchange("disputed"), "resolveWithHours", own, 60)).toThrow("notYourTurn");
  });
});

describe("another time", () => {
  const asked = exchange("agreed", { rescheduleTo: new Date(now.getTime() + 5 * DAY) });

  it("is asked of the other side, whose yes it needs; either side can leave it", () => {
    expect(actionsOf(asked, giver)).toContain("acceptReschedule");
    expect(actionsOf(asked, receiver)).not.toContain("acceptReschedule");
    expect(() => step(asked, "acceptReschedule", receiver)).toThrow("notYourTurn");
    for (const person of [giver, receiver]) {
      expect(step(asked, "cancelReschedule", person)).toMatchObject({
        patch: { status: "agreed", rescheduleTo: null },
        event: { kind: "rescheduleCancelled" },
        ledger: [],
      });
    }
  });

  it("moves neither hours nor holds", () => {
    const accepted = step(asked, "acceptReschedule", giver);
    expect(accepted.ledger).toEqual([]);
    expect(accepted.patch).toMatchObject({
      status: "agreed",
      startsAt: asked.rescheduleTo,
      rescheduleTo: null,
      overlapExempt: false,
    });
  });

  it("is whose turn it is", () => {
    expect([isTurnOf(asked, "giver"), isTurnOf(asked, "receiver")]).toEqual([true, false]);
    expect(isTurnOf(exchange("agreed"), "giver")).toBe(false);
    expect(isTurnOf(exchange("proposed"), "giver")).toBe(true);
    expect(isTurnOf(exchange("disputed"), "giver")).toBe(false);
  });
});

describe("who pays may settle at once; who earns needs the payer's word", () => {
  it("settles a receiver's record and leaves a giver's waiting", () => {
    const record = (pendingById: string) =>
      decideRecord(exchange("reported", { agreedAt: null, minutes: 60, pendingById }), rules, now);
    expect(record("receiver")).toMatchObject({
      patch: { status: "settled", endedAt: now },
      ledger: [transfer(60)],
    });
    expect(record("giver")).toMatchObject({
      patch: { status: "reported", endedAt: null },
      event: { kind: "recorded", minutes: 60 },
      ledger: [],
    });
  });

  it("makes a receiver who reports less than was agreed wait for the giver", () => {
    const less = step(exchange("agreed"), "report", receiver, 60);
    expect(less).toMatchObject({ patch: { status: "reported", reportedMinutes: 60 }, ledger: [] });
  });

  it("moves what was reported, not what was agreed, when it is confirmed", () => {
    const reported = exchange("reported", { reportedMinutes: 75 });
    expect(step(reported, "confirm", giver).ledger).toEqual([transfer(75)]);
  });

  it("never lets the giver's own word move hours", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...exchangeStatuses),
        fc.constantFrom(...exchangeActions),
        fc.integer({ min: 1, max: 60_000 }),
        (status, action, minutes) => {
          // The giver wrote the last word, so nothing but the receiver's may move hours.
          const state = exchange(status, { pendingById: "giver" });
          try {
            const { ledger } = step(state, action, giver, minutes);
            expect(ledger.some(({ kind }) => kind === "postTransfer")).toBe(false);
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
          }
        },
      ),
    );
  });
});

describe("holds", () => {
  it("places one when both agree and releases it when an agreed exchange ends aside", () => {
    expect(step(exchange("proposed"), "agree", giver).ledger).toEqual([PLACE]);
    expect(step(exchange("agreed"), "cancel", giver).ledger).toEqual([RELEASE]);
    expect(step(exchange("agreed", { startsAt: now }), "markNotHappened", receiver).ledger).toEqual(
      [RELEASE],
    );
    expect(step(exchange("disputed"), "resolveWithoutHours", coordinator).ledger).toEqual([
      RELEASE,
    ]);
  });

  it("has none to release when nothing was agreed", () => {
    const record = exchange("disputed", { agreedAt: null });
    expect(step(record, "resolveWithoutHours", coordinator).ledger).toEqual([]);
    expect(step(exchange("proposed"), "withdraw", receiver).ledger).toEqual([]);
  });
});

describe("undoing a settled exchange", () => {
  const credited = exchange("settled", { agreedAt: null });

  it("lets the credited side return recorded hours for a while, once", () => {
    expect(actionsOf(credited, giver)).toEqual(["returnHours"]);
    expect(step(credited, "returnHours", giver)).toMatchObject({
      patch: { status: "settled", reversedAt: now, endedAt: now },
      event: { kind: "returned" },
      ledger: [{ kind: "reverseTransfer" }],
    });
    const over = new Date(now.getTime() + 7 * DAY);
    expect(() => step(credited, "returnHours", giver, 90, over)).toThrow("notPossibleNow");
    expect(() => step({ ...credited, reversedAt: now }, "returnHours", giver)).toThrow(
      "alreadyReversed",
    );
  });

  it("lets nobody return what both had agreed to, nor what they recorded themselves", () => {
    expect(() => step(exchange("settled"), "returnHours", giver)).toThrow("notPossibleNow");
    expect(() => step(credited, "returnHours", receiver)).toThrow("notPossibleNow");
    expect(() => step(credited, "returnHours", coordinator)).toThrow("notAllowed");
  });

  it("lets a coordinator who is no side reverse once", () => {
    expect(step(exchange("settled"), "reverse", coordinator).ledger).toEqual([
      { kind: "reverseTransfer" },
    ]);
    const own = { memberId: "giver", isCoordinator: true };
    expect(() => step(exchange("settled"), "reverse", own)).toThrow("notAllowed");
    expect(() => step(exchange("declined"), "reverse", coordinator)).toThrow("notPossibleNow");
    expect(() => step(exchange("settled", { reversedAt: now }), "reverse", coordinator)).toThrow(
      "alreadyReversed",
    );
  });
});

describe("what a page offers now", () => {
  const HOUR = 3_600_000;
  const agreed = exchange("agreed");
  const offered = (at: number) =>
    offeredActions(agreed, giver, rules, new Date(agreed.startsAt.getTime() + at));

  it.each([
    [-4 * HOUR, false, false],
    [-3 * HOUR, true, false],
    [0, true, true],
    [1.5 * HOUR, false, true],
  ])("%i ms from the beginning: a delay %s, not happened %s", (at, delay, notHappened) => {
    const actions = offered(at);
    expect([actions.includes("reportDelay"), actions.includes("markNotHappened")]).toEqual([
      delay,
      notHappened,
    ]);
  });

  it("offers no agreeing to a giver who is promised elsewhere", () => {
    const proposed = exchange("proposed");
    expect(offeredActions(proposed, giver, rules, now)).toContain("agree");
    expect(offeredActions(proposed, giver, rules, now, true)).not.toContain("agree");
  });

  it("refuses that help did not happen before it was to begin", () => {
    expect(() => step(agreed, "markNotHappened", giver)).toThrow("notYetOver");
  });
});

describe("everything that a step changes", () => {
  it("sets when time acts next, and the end of what is over, whatever the step", () => {
    for (const status of exchangeStatuses) {
      for (const action of exchangeActions) {
        for (const actor of [giver, receiver, coordinator]) {
          const state = exchange(status, {
            startsAt: now,
            rescheduleTo: status === "agreed" ? later : null,
          });
          let decided: ReturnType<typeof decide>;
          try {
            decided = step(state, action, actor);
          } catch (error) {
            expect(error).toBeInstanceOf(DomainError);
            continue;
          }
          const next: ExchangeState = { ...state, ...decided.patch };
          expect(decided.patch.dueAt).toEqual(nextDue(next, rules, now)?.at ?? null);
          expect(next.endedAt !== null).toBe(
            !["proposed", "agreed", "reported", "disputed"].includes(next.status),
          );
          expect(next.rescheduleTo === null || next.status === "agreed").toBe(true);
        }
      }
    }
  });

  it("asks again about a proposal whose terms changed", () => {
    const reminded = exchange("proposed", { remindedAt: now });
    expect(step(reminded, "counter", giver).patch).toMatchObject({
      startsAt: later,
      pendingById: "giver",
      remindedAt: null,
    });
  });

  it("begins a proposal with the hour at which it expires", () => {
    const startsAt = new Date(now.getTime() + 3 * DAY);
    const terms = { giverId: "giver", receiverId: "receiver", startsAt, minutes: 60 };
    expect(proposal(terms, "giver", rules, now)).toMatchObject({
      status: "proposed",
      pendingById: "giver",
      dueAt: startsAt,
    });
  });
});

describe("what time does", () => {
  /** Long after whatever it waits for. */
  const muchLater = new Date(now.getTime() + 400 * DAY);
  const dueNow = (state: ExchangeState) => decideDue({ ...state, dueAt: now }, rules, muchLater);

  it("does nothing before the hour", () => {
    const early = exchange("proposed", { dueAt: new Date(now.getTime() + 1) });
    expect(decideDue(early, rules, now)).toBeNull();
  });

  it("expires an unanswered proposal", () => {
    expect(dueNow(exchange("proposed"))).toMatchObject({
      action: "expire",
      patch: { status: "expired", endedAt: muchLater },
    });
  });

  it("reminds before it acts", () => {
    for (const status of ["agreed", "reported"] as const) {
      expect(dueNow(exchange(status))).toMatchObject({
        action: "remind",
        reminder: { remindedAt: muchLater },
      });
    }
  });

  it("settles an unanswered report of agreed help, never for more than was agreed", () => {
    const over = exchange("reported", { remindedAt: now, reportedMinutes: 240 });
    expect(dueNow(over)).toMatchObject({
      patch: { status: "settled", reportedMinutes: 90 },
      ledger: [transfer(90)],
    });
    const under = exchange("reported", { remindedAt: now, reportedMinutes: 60 });
    expect(dueNow(under)).toMatchObject({ patch: { status: "settled" }, ledger: [transfer(60)] });
  });

  it("never settles a record that nobody had agreed to: the coordinators are asked", () => {
    const record = exchange("reported", { agreedAt: null, remindedAt: now });
    expect(dueNow(record)).toMatchObject({ action: "escalate", patch: { status: "disputed" } });
  });

  it("frees the hold of an agreed exchange that nobody ever reports", () => {
    expect(dueNow(exchange("agreed", { remindedAt: now }))).toMatchObject({
      patch: { status: "expired" },
      ledger: [RELEASE],
    });
  });

  it("leaves ended and disputed exchanges alone", () => {
    for (const status of ["disputed", "settled", "declined", "cancelled", "expired"] as const) {
      expect(dueNow(exchange(status))).toBeNull();
      expect(nextDue(exchange(status), rules, now)).toBeNull();
    }
  });

  it("gives a proposal at least a day and at most two weeks", () => {
    const days = (startsIn: number) => {
      const startsAt = new Date(now.getTime() + startsIn * DAY);
      const due = nextDue(exchange("proposed", { startsAt }), rules, now);
      return ((due?.at.getTime() ?? 0) - now.getTime()) / DAY;
    };
    expect(days(0)).toBe(1);
    expect(days(3)).toBe(3);
    expect(days(200)).toBe(PROPOSAL_DAYS);
  });

  it("gives half the window after a reminder that came late", () => {
    const late = new Date(now.getTime() + 30 * DAY);
    const due = nextDue(exchange("reported", { remindedAt: late }), rules, now);
    expect(due?.at).toEqual(new Date(late.getTime() + 3.5 * DAY));
  });

  it("counts the window of a report from the end of the help when that comes later", () => {
    const startsAt = new Date(now.getTime() + 200 * DAY);
    const end = startsAt.getTime() + 90 * 60_000;
    const early = exchange("reported", { startsAt });
    expect(nextDue(early, rules, now)).toEqual({ at: new Date(end + 3.5 * DAY), action: "remind" });
    const reminded = { ...early, remindedAt: new Date(end + 3.5 * DAY) };
    const settling = { at: new Date(end + 7 * DAY), action: "settle" };
    expect(nextDue(reminded, rules, now)).toEqual(settling);
    expect(automaticOutcome({ ...early, dueAt: now }, rules)).toEqual(settling);
  });

  it("counts the window of recorded help from the record: it has a day, but no hour", () => {
    const record = exchange("reported", { agreedAt: null, startsAt: now, minutes: 3000 });
    expect(nextDue(record, rules, now)?.at).toEqual(new Date(now.getTime() + 3.5 * DAY));
  });

  it("decides by the rule and not by a stored date that is too early", () => {
    const startsAt = new Date(now.getTime() + 200 * DAY);
    const old = exchange("reported", { startsAt, remindedAt: now, dueAt: now });
    expect(decideDue(old, rules, new Date(now.getTime() + 30 * DAY))).toBeNull();
    const settled = decideDue(old, rules, new Date(startsAt.getTime() + 8 * DAY));
    expect(settled).toMatchObject({ action: "settle" });
  });

  it("says how it ends by itself while a reminder is still to come", () => {
    const agreed = exchange("agreed");
    const end = agreed.startsAt.getTime() + 90 * 60_000;
    expect(automaticOutcome(agreed, rules)).toEqual({
      at: new Date(end + UNREPORTED_DAYS * DAY),
      action: "expire",
    });
    const dueAt = new Date(now.getTime() + 5 * DAY);
    expect(automaticOutcome(exchange("proposed", { dueAt }), rules)).toEqual({
      at: dueAt,
      action: "expire",
    });
    expect(automaticOutcome(exchange("settled"), rules)).toBeNull();
  });

  it("asks about agreed help when it should be done, and waits UNREPORTED_DAYS more", () => {
    const state = exchange("agreed");
    const end = state.startsAt.getTime() + 90 * 60_000;
    expect(nextDue(state, rules, now)).toEqual({ at: new Date(end), action: "remind" });
    expect(nextDue({ ...state, remindedAt: now }, rules, now)).toEqual({
      at: new Date(end + UNREPORTED_DAYS * DAY),
      action: "expire",
    });
  });
});

describe("partyOf", () => {
  it("puts being a side before being a coordinator", () => {
    expect(partyOf(exchange("agreed"), { memberId: "giver", isCoordinator: true })).toBe("other");
    expect(partyOf(exchange("agreed"), coordinator)).toBe("coordinator");
  });
});
