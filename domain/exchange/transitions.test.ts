import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "../kernel/errors";
import {
  automaticOutcome,
  decideTransition,
  dueTransition,
  type ExchangeAction,
  type ExchangeState,
  type ExchangeStatus,
  exchangeActions,
  exchangeStatuses,
  isTurnOf,
  nextDue,
  PROPOSAL_DAYS,
  partyOf,
  possibleActions,
  recordOutcome,
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
  ...more,
});

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
  settled: {},
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
          const decide = () => decideTransition(exchange(status), action, person, 90);
          if (expected) expect(decide().status).toBe(expected);
          else expect(decide).toThrow(DomainError);
          expect(possibleActions(exchange(status), person).includes(action)).toBe(
            Boolean(expected),
          );
        });
      }
    }
  }

  it("tells a stranger that there is nothing", () => {
    expect(() => decideTransition(exchange("proposed"), "agree", stranger)).toThrow("notFound");
  });

  it("lets no coordinator decide a dispute of their own", () => {
    const own = { memberId: "giver", isCoordinator: true };
    expect(() => decideTransition(exchange("disputed"), "resolveWithHours", own, 60)).toThrow(
      "notYourTurn",
    );
  });
});

describe("another time", () => {
  const asked = exchange("agreed", { rescheduleTo: new Date(now.getTime() + 5 * DAY) });

  it("is asked of the other side, whose yes it needs; either side can leave it", () => {
    expect(possibleActions(asked, giver)).toContain("acceptReschedule");
    expect(possibleActions(asked, receiver)).not.toContain("acceptReschedule");
    expect(() => decideTransition(asked, "acceptReschedule", receiver)).toThrow("notYourTurn");
    for (const person of [giver, receiver]) {
      expect(decideTransition(asked, "cancelReschedule", person)).toEqual({
        status: "agreed",
        event: "rescheduleCancelled",
      });
    }
  });

  it("moves neither hours nor holds", () => {
    const outcome = decideTransition(asked, "acceptReschedule", giver);
    expect(outcome).toEqual({ status: "agreed", event: "rescheduled" });
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
    expect(recordOutcome("receiver", 60)).toMatchObject({ status: "settled", transfer: 60 });
    expect(recordOutcome("giver", 60)).toEqual({ status: "reported", event: "recorded" });
  });

  it("makes a receiver who reports less than was agreed wait for the giver", () => {
    const less = decideTransition(exchange("agreed"), "report", receiver, 60);
    expect(less).toEqual({ status: "reported", event: "reported" });
  });

  it("moves what was reported, not what was agreed, when it is confirmed", () => {
    const reported = exchange("reported", { reportedMinutes: 75 });
    expect(decideTransition(reported, "confirm", giver).transfer).toBe(75);
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
            expect(decideTransition(state, action, giver, minutes).transfer).toBeUndefined();
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
    expect(decideTransition(exchange("proposed"), "agree", giver).hold).toBe("place");
    expect(decideTransition(exchange("agreed"), "cancel", giver).hold).toBe("release");
    expect(decideTransition(exchange("agreed"), "markNotHappened", receiver).hold).toBe("release");
    expect(decideTransition(exchange("disputed"), "resolveWithoutHours", coordinator).hold).toBe(
      "release",
    );
  });

  it("has none to release when nothing was agreed", () => {
    const record = exchange("disputed", { agreedAt: null });
    expect(decideTransition(record, "resolveWithoutHours", coordinator).hold).toBeUndefined();
    expect(decideTransition(exchange("proposed"), "withdraw", receiver).hold).toBeUndefined();
  });
});

describe("what time does", () => {
  /** Long after whatever it waits for. */
  const later = new Date(now.getTime() + 400 * DAY);
  const dueNow = (state: ExchangeState) => dueTransition({ ...state, dueAt: now }, rules, later);

  it("does nothing before the hour", () => {
    const early = exchange("proposed", { dueAt: new Date(now.getTime() + 1) });
    expect(dueTransition(early, rules, now)).toBeNull();
  });

  it("expires an unanswered proposal", () => {
    expect(dueNow(exchange("proposed"))).toMatchObject({ action: "expire", status: "expired" });
  });

  it("reminds before it acts", () => {
    expect(dueNow(exchange("agreed"))).toEqual({ action: "remind" });
    expect(dueNow(exchange("reported"))).toEqual({ action: "remind" });
  });

  it("settles an unanswered report of agreed help, never for more than was agreed", () => {
    const over = exchange("reported", { remindedAt: now, reportedMinutes: 240 });
    expect(dueNow(over)).toMatchObject({ status: "settled", transfer: 90 });
    const under = exchange("reported", { remindedAt: now, reportedMinutes: 60 });
    expect(dueNow(under)).toMatchObject({ status: "settled", transfer: 60 });
  });

  it("never settles a record that nobody had agreed to: the coordinators are asked", () => {
    const record = exchange("reported", { agreedAt: null, remindedAt: now });
    expect(dueNow(record)).toMatchObject({ action: "escalate", status: "disputed" });
  });

  it("frees the hold of an agreed exchange that nobody ever reports", () => {
    expect(dueNow(exchange("agreed", { remindedAt: now }))).toMatchObject({
      status: "expired",
      hold: "release",
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
    expect(dueTransition(old, rules, new Date(now.getTime() + 30 * DAY))).toBeNull();
    const settled = dueTransition(old, rules, new Date(startsAt.getTime() + 8 * DAY));
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
