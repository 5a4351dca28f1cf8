/** Which messages say what the status of an exchange is and whose turn it is, for its viewer. */
import type { Messages } from "next-intl";
import { type Exchange, pendingParties, wasRecorded } from "../exchange";

type Words = {
  title: keyof Messages["exchange"]["standing"];
  detail?: keyof Messages["exchange"]["detail"];
};

type Status = Pick<
  Exchange,
  | "status"
  | "mySide"
  | "pendingById"
  | "startsAt"
  | "rescheduleTo"
  | "agreedAt"
  | "reversedAt"
  | "minutes"
  | "agreedMinutes"
> & {
  giver: { id: string };
  receiver: { id: string };
  other: { id: string };
  events: readonly Pick<Exchange["events"][number], "kind" | "byId">[];
};

export function statusMessage(exchange: Status, now: Date): Words {
  switch (exchange.status) {
    case "proposed":
      return proposed(exchange);
    case "agreed":
      return agreed(exchange, now);
    case "reported":
      return reported(exchange);
    case "disputed":
      return disputed(exchange);
    case "settled":
      return settled(exchange);
    default:
      return ended(exchange);
  }
}

const lastKind = ({ events }: Status) => events.at(-1)?.kind;

function proposed(exchange: Status): Words {
  const { mySide } = exchange;
  const countered = lastKind(exchange) === "countered";
  if (!mySide) return { title: "proposedOther", detail: "theirAnswer" };
  if (pendingParties(exchange).iAmAuthor) {
    const title = mySide === "giver" ? "youOffered" : "youAsked";
    return { title: countered ? "youCountered" : title, detail: "theirAnswer" };
  }
  return mySide === "giver"
    ? { title: countered ? "counteredYou" : "askedYou", detail: "agreeHoldsTheirs" }
    : { title: countered ? "counteredYou" : "offeredYou", detail: "agreeHoldsYours" };
}

function agreed(exchange: Status, now: Date): Words {
  const { mySide, startsAt, rescheduleTo } = exchange;
  if (!mySide) return { title: "agreedOther" };
  if (rescheduleTo) {
    return pendingParties(exchange).iAmAuthor
      ? { title: "youAskedReschedule", detail: "rescheduleTheirs" }
      : { title: "askedReschedule", detail: "rescheduleYours" };
  }
  return {
    title: mySide === "giver" ? "agreedTheirs" : "agreedYours",
    detail: startsAt > now ? "coming" : "past",
  };
}

function reported(exchange: Status): Words {
  const { mySide, agreedAt, minutes, agreedMinutes } = exchange;
  const recorded = wasRecorded(exchange);
  if (!mySide) return { title: "reportedOther", detail: "theirWord" };
  if (pendingParties(exchange).iAmAuthor) {
    return { title: recorded ? "youRecorded" : "youReported", detail: "theirWord" };
  }
  const title = recorded ? "recordedYou" : "reportedYou";
  // A giver is asked only when the receiver reported less than was agreed.
  if (mySide === "giver") return { title, detail: "confirmLess" };
  return {
    title,
    detail: agreedAt && minutes !== agreedMinutes ? "confirmPaysOther" : "confirmPays",
  };
}

function disputed(exchange: Status): Words {
  const escalated = lastKind(exchange) === "escalated";
  if (!exchange.mySide)
    return { title: escalated ? "escalatedDecide" : "disputedDecide", detail: "decide" };
  if (pendingParties(exchange).iAmAuthor) {
    return { title: escalated ? "escalatedAuthor" : "disputedSides", detail: "stillWithdraw" };
  }
  return { title: escalated ? "escalatedYou" : "disputedSides", detail: "stillConfirm" };
}

function settled(exchange: Status): Words {
  const { mySide, reversedAt } = exchange;
  if (reversedAt) {
    const title = mySide === "giver" ? "reversedIn" : mySide ? "reversedOut" : "reversedOther";
    return { title, detail: lastKind(exchange) === "returned" ? "returned" : "reversed" };
  }
  const title = mySide === "giver" ? "settledIn" : mySide ? "settledOut" : "settledOther";
  const kind = lastKind(exchange);
  return {
    title,
    detail: kind === "settledAutomatically" || kind === "resolvedWithHours" ? kind : "thanks",
  };
}

/** Declined, taken back, called off or lapsed: always kind, and always clear about the hours. */
function ended(exchange: Status): Words {
  const { mySide, status, agreedAt, other } = exchange;
  const { iAmAuthor } = pendingParties(exchange);
  const freed = agreedAt ? "freed" : "nothingMoved";
  if (status === "declined") {
    return { title: mySide && !iAmAuthor ? "youDeclined" : "theyDeclined", detail: "nothingHeld" };
  }
  if (status === "withdrawn")
    return { title: iAmAuthor ? "youWithdrew" : "theyWithdrew", detail: freed };
  if (status === "cancelled") {
    if (lastKind(exchange) === "notHappened")
      return { title: "notHappened", detail: "notHappened" };
    if (lastKind(exchange) === "resolvedWithoutHours")
      return { title: "resolvedWithoutHours", detail: freed };
    const byOther = !mySide || exchange.events.at(-1)?.byId === other.id;
    return { title: byOther ? "theyCancelled" : "youCancelled", detail: freed };
  }
  return agreedAt
    ? { title: "expiredAgreed", detail: "freed" }
    : { title: "expiredProposal", detail: mySide ? "tryAgain" : "nothingMoved" };
}
