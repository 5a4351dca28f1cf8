/** Which sentences say where an exchange stands and whose turn it is, for the person who reads. */
import type { Messages } from "next-intl";
import { type Exchange, voices, wasRecorded } from "./exchange";

type Words = {
  title: keyof Messages["exchange"]["standing"];
  detail?: keyof Messages["exchange"]["detail"];
};

export function standingWords(exchange: Exchange, now: Date): Words {
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

const lastKind = ({ events }: Exchange) => events.at(-1)?.kind;

function proposed(exchange: Exchange): Words {
  const { iAm } = exchange;
  const countered = lastKind(exchange) === "countered";
  if (!iAm) return { title: "proposedOther", detail: "theirAnswer" };
  if (voices(exchange).iAmAuthor) {
    const title = iAm === "giver" ? "youOffered" : "youAsked";
    return { title: countered ? "youCountered" : title, detail: "theirAnswer" };
  }
  return iAm === "giver"
    ? { title: countered ? "counteredYou" : "askedYou", detail: "agreeHoldsTheirs" }
    : { title: countered ? "counteredYou" : "offeredYou", detail: "agreeHoldsYours" };
}

function agreed(exchange: Exchange, now: Date): Words {
  const { iAm, startsAt, rescheduleTo } = exchange;
  if (!iAm) return { title: "agreedOther" };
  if (rescheduleTo) {
    return voices(exchange).iAmAuthor
      ? { title: "youAskedReschedule", detail: "rescheduleTheirs" }
      : { title: "askedReschedule", detail: "rescheduleYours" };
  }
  return {
    title: iAm === "giver" ? "agreedTheirs" : "agreedYours",
    detail: startsAt > now ? "coming" : "past",
  };
}

function reported(exchange: Exchange): Words {
  const { iAm, agreedAt, minutes, agreedMinutes } = exchange;
  const recorded = wasRecorded(exchange);
  if (!iAm) return { title: "reportedOther", detail: "theirWord" };
  if (voices(exchange).iAmAuthor) {
    return { title: recorded ? "youRecorded" : "youReported", detail: "theirWord" };
  }
  const title = recorded ? "recordedYou" : "reportedYou";
  // A giver is asked only when the receiver reported less than was agreed.
  if (iAm === "giver") return { title, detail: "confirmLess" };
  return {
    title,
    detail: agreedAt && minutes !== agreedMinutes ? "confirmPaysOther" : "confirmPays",
  };
}

function disputed(exchange: Exchange): Words {
  const escalated = lastKind(exchange) === "escalated";
  if (!exchange.iAm)
    return { title: escalated ? "escalatedDecide" : "disputedDecide", detail: "decide" };
  if (voices(exchange).iAmAuthor) {
    return { title: escalated ? "escalatedAuthor" : "disputedSides", detail: "stillWithdraw" };
  }
  return { title: escalated ? "escalatedYou" : "disputedSides", detail: "stillConfirm" };
}

function settled(exchange: Exchange): Words {
  const { iAm, reversedAt } = exchange;
  if (reversedAt) {
    const title = iAm === "giver" ? "reversedIn" : iAm ? "reversedOut" : "reversedOther";
    return { title, detail: lastKind(exchange) === "returned" ? "returned" : "reversed" };
  }
  const title = iAm === "giver" ? "settledIn" : iAm ? "settledOut" : "settledOther";
  const kind = lastKind(exchange);
  return { title, detail: kind === "settledByTime" || kind === "awarded" ? kind : "thanks" };
}

/** Declined, taken back, called off or lapsed: always kind, and always clear about the hours. */
function ended(exchange: Exchange): Words {
  const { iAm, status, agreedAt, other } = exchange;
  const { iAmAuthor } = voices(exchange);
  const freed = agreedAt ? "freed" : "nothingMoved";
  if (status === "declined") {
    return { title: iAm && !iAmAuthor ? "youDeclined" : "theyDeclined", detail: "nothingHeld" };
  }
  if (status === "withdrawn")
    return { title: iAmAuthor ? "youWithdrew" : "theyWithdrew", detail: freed };
  if (status === "cancelled") {
    if (lastKind(exchange) === "missed") return { title: "missed", detail: "missed" };
    if (lastKind(exchange) === "annulled") return { title: "annulled", detail: freed };
    const byOther = !iAm || exchange.events.at(-1)?.byId === other.id;
    return { title: byOther ? "theyCancelled" : "youCancelled", detail: freed };
  }
  return agreedAt
    ? { title: "expiredAgreed", detail: "freed" }
    : { title: "expiredProposal", detail: iAm ? "tryAgain" : "nothingMoved" };
}
