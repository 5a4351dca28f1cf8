import type { Outputs } from "@/components/trpc";

/** An exchange as its own page shows it. */
export type Exchange = Outputs["exchange"]["get"];

/** What every move sends: which exchange, and the version of it that the person saw. */
export type ExchangeRef = { community: string; id: string; version: number };

export type Side = "giver" | "receiver";

/** Who made the standing proposal or report, and who is to answer it. */
export function pendingParties({ giver, receiver, pendingById, mySide }: Exchange) {
  const [author, answerer] = pendingById === giver.id ? [giver, receiver] : [receiver, giver];
  return { author, answerer, iAmAuthor: mySide === (author === giver ? "giver" : "receiver") };
}

/** Whether it was written down after the help, without having been arranged before. */
export const wasRecorded = ({ events }: Exchange): boolean => events[0]?.kind === "recorded";
