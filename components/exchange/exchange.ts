import type { Outputs } from "@/components/trpc";

/** An exchange as its own page shows it. */
export type Exchange = Outputs["exchange"]["get"];

/** The input of every transition: the exchange, and the version of it that the member saw. */
export type ExchangeRef = { community: string; id: string; version: number };

export type Side = "giver" | "receiver";

/** The side that made the pending proposal or report, and the side that has to answer it. */
export function pendingParties<Party extends { id: string }>({
  giver,
  receiver,
  pendingById,
  mySide,
}: Pick<Exchange, "pendingById" | "mySide"> & { giver: Party; receiver: Party }) {
  const [author, answerer] = pendingById === giver.id ? [giver, receiver] : [receiver, giver];
  return { author, answerer, iAmAuthor: mySide === (author === giver ? "giver" : "receiver") };
}

/** Whether it was recorded after the help, without an agreement before. */
export const wasRecorded = ({ events }: { events: readonly { kind: string }[] }): boolean =>
  events[0]?.kind === "recorded";
