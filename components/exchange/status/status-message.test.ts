import { describe, expect, it } from "vitest";
import { type ExchangeStatus, exchangeStatuses } from "@/domain/exchange/status";
import type { ExchangeEventKind } from "@/domain/exchange/transitions";
import en from "@/messages/en";
import { statusMessage } from "./status-message";

const now = new Date("2026-06-01T10:00:00Z");
const later = new Date("2026-06-02T10:00:00Z");
type Status = Parameters<typeof statusMessage>[0];
type Viewer = "giver" | "receiver" | "coordinator";

const exchange = (
  status: ExchangeStatus,
  viewer: Viewer,
  {
    pending = "receiver",
    last = "proposed",
    by = pending,
    ...more
  }: Partial<Omit<Status, "status">> & {
    pending?: "giver" | "receiver";
    last?: ExchangeEventKind;
    by?: string | null;
  } = {},
): Status => ({
  status,
  mySide: viewer === "coordinator" ? null : viewer,
  pendingById: pending,
  giver: { id: "giver" },
  receiver: { id: "receiver" },
  other: { id: viewer === "giver" ? "receiver" : "giver" },
  startsAt: later,
  rescheduleTo: null,
  agreedAt: null,
  reversedAt: null,
  minutes: 60,
  agreedMinutes: 60,
  events: [{ kind: last, byId: by }],
  ...more,
});

const recorded = { last: "recorded" } as const;
const agreed = { agreedAt: now } as const;

describe("the message of a status", () => {
  it.each<[string, Status, string, string?]>([
    ["my request", exchange("proposed", "receiver"), "youAsked", "theirAnswer"],
    ["my offer", exchange("proposed", "giver", { pending: "giver" }), "youOffered", "theirAnswer"],
    ["their request", exchange("proposed", "giver"), "askedYou", "agreeHoldsTheirs"],
    [
      "their offer",
      exchange("proposed", "receiver", { pending: "giver" }),
      "offeredYou",
      "agreeHoldsYours",
    ],
    [
      "their other terms",
      exchange("proposed", "giver", { last: "countered" }),
      "counteredYou",
      "agreeHoldsTheirs",
    ],
    ["between others", exchange("proposed", "coordinator"), "proposedOther", "theirAnswer"],
    ["agreed and to come", exchange("agreed", "giver", agreed), "agreedTheirs", "coming"],
    [
      "agreed and over",
      exchange("agreed", "receiver", { ...agreed, startsAt: now }),
      "agreedYours",
      "past",
    ],
    [
      "another time asked of me",
      exchange("agreed", "giver", { ...agreed, rescheduleTo: later }),
      "askedReschedule",
      "rescheduleYours",
    ],
    [
      "another time that I asked for",
      exchange("agreed", "receiver", { ...agreed, rescheduleTo: later }),
      "youAskedReschedule",
      "rescheduleTheirs",
    ],
    [
      "a record of me",
      exchange("reported", "receiver", { ...recorded, pending: "giver" }),
      "recordedYou",
      "confirmPays",
    ],
    [
      "a report of more than agreed",
      exchange("reported", "receiver", {
        ...agreed,
        pending: "giver",
        minutes: 90,
        last: "reported",
      }),
      "reportedYou",
      "confirmPaysOther",
    ],
    [
      "a report of less than agreed",
      exchange("reported", "giver", { ...agreed, minutes: 30, last: "reported" }),
      "reportedYou",
      "confirmLess",
    ],
    [
      "my own report",
      exchange("reported", "giver", { ...agreed, pending: "giver", last: "reported" }),
      "youReported",
      "theirWord",
    ],
    [
      "a dispute to decide",
      exchange("disputed", "coordinator", { last: "disputed" }),
      "disputedDecide",
      "decide",
    ],
    [
      "a record without an answer",
      exchange("disputed", "receiver", { last: "escalated", by: null, pending: "giver" }),
      "escalatedYou",
      "stillConfirm",
    ],
    [
      "settled for the giver",
      exchange("settled", "giver", { last: "confirmed" }),
      "settledIn",
      "thanks",
    ],
    [
      "settled for the receiver, by time",
      exchange("settled", "receiver", { last: "settledAutomatically", by: null }),
      "settledOut",
      "settledAutomatically",
    ],
    [
      "settled by a coordinator",
      exchange("settled", "receiver", { last: "resolvedWithHours", by: "carla" }),
      "settledOut",
      "resolvedWithHours",
    ],
    [
      "returned",
      exchange("settled", "giver", { last: "returned", reversedAt: now }),
      "reversedIn",
      "returned",
    ],
    [
      "reversed",
      exchange("settled", "receiver", { last: "reversed", reversedAt: now }),
      "reversedOut",
      "reversed",
    ],
    [
      "declined by me",
      exchange("declined", "giver", { last: "declined" }),
      "youDeclined",
      "nothingHeld",
    ],
    [
      "declined by them",
      exchange("declined", "receiver", { last: "declined" }),
      "theyDeclined",
      "nothingHeld",
    ],
    [
      "withdrawn by me",
      exchange("withdrawn", "receiver", { last: "withdrawn" }),
      "youWithdrew",
      "nothingMoved",
    ],
    [
      "cancelled by me",
      exchange("cancelled", "receiver", { ...agreed, last: "cancelled", by: "receiver" }),
      "youCancelled",
      "freed",
    ],
    [
      "cancelled by them",
      exchange("cancelled", "receiver", { ...agreed, last: "cancelled", by: "giver" }),
      "theyCancelled",
      "freed",
    ],
    [
      "not happened",
      exchange("cancelled", "giver", { ...agreed, last: "notHappened" }),
      "notHappened",
      "notHappened",
    ],
    [
      "closed without hours",
      exchange("cancelled", "giver", { ...agreed, last: "resolvedWithoutHours" }),
      "resolvedWithoutHours",
      "freed",
    ],
    [
      "an expired proposal",
      exchange("expired", "giver", { last: "expired", by: null }),
      "expiredProposal",
      "tryAgain",
    ],
    [
      "an expired agreement",
      exchange("expired", "giver", { ...agreed, last: "expired", by: null }),
      "expiredAgreed",
      "freed",
    ],
  ])("of %s", (_, status, title, detail) => {
    expect(statusMessage(status, now)).toEqual(detail ? { title, detail } : { title });
  });

  it("exists for every status, viewer and pending side", () => {
    for (const status of exchangeStatuses) {
      for (const viewer of ["giver", "receiver", "coordinator"] as const) {
        for (const pending of ["giver", "receiver"] as const) {
          const { title, detail } = statusMessage(exchange(status, viewer, { pending }), now);
          expect(Object.keys(en.exchange.standing)).toContain(title);
          if (detail) expect(Object.keys(en.exchange.detail)).toContain(detail);
        }
      }
    }
  });
});
