import type { Outputs } from "@/components/trpc";
import type { ExchangeEventKind } from "@/server/domain/exchange";
import type { Category, MeetingPlace } from "@/server/domain/listing";

type Answer = Outputs["exchange"]["get"];
type Event = Omit<Answer["events"][number], "kind"> & { kind: ExchangeEventKind };

/** An exchange as its own page shows it. */
export type Exchange = Omit<Answer, "iAm" | "category" | "place" | "events"> & {
  iAm: Side | null;
  category: Category;
  place: MeetingPlace;
  events: Event[];
};

/** The answer with its closed words as such: the database admits no others, its types say "text". */
export const exchangeFrom = (answer: Answer): Exchange => answer as Exchange;

/** What every move sends: which exchange, and the version of it that the person saw. */
export type ExchangeRef = { community: string; id: string; version: number };

export type Side = "giver" | "receiver";

/** Who made the standing proposal or report, and who is to answer it. */
export function voices({ giver, receiver, lastById, iAm }: Exchange) {
  const [author, answerer] = lastById === giver.id ? [giver, receiver] : [receiver, giver];
  return { author, answerer, iAmAuthor: iAm === (author === giver ? "giver" : "receiver") };
}

/** Whether it was written down after the help, without having been arranged before. */
export const wasRecorded = ({ events }: Exchange): boolean => events[0]?.kind === "recorded";

/**
 * The minutes that count now: those that moved once it is settled, else those that stand. A report
 * that settles by itself may move less than it said, and its event knows how much.
 */
export function standingMinutes(exchange: Exchange): number {
  if (exchange.status !== "settled") return exchange.minutes;
  const settled = exchange.events.findLast(({ kind }) => kind !== "reversed");
  return settled?.minutes ?? exchange.minutes;
}
