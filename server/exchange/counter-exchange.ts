import { decideTransition } from "../../domain/exchange/transitions";
import { comingInstant } from "../../domain/kernel/calendar";
import { requireMinutes } from "../../domain/kernel/hours";
import type { MeetingPlace } from "../../domain/listing/listing";
import { requireActive } from "../listing/commands";
import type { MemberContext } from "../membership/context";
import { applyOutcome, requireVersion, transitionExchange } from "./apply-outcome";
import { requireMyTimeFree } from "./reschedule-exchange";
import { type AnswerInput, actorOf } from "./simple-transitions";

export type Terms = {
  date: string;
  time: string;
  minutes: number;
  place: MeetingPlace;
  placeNote: string;
};

/**
 * Proposes other terms, or changes one's own; then the other side is asked.
 * @throws DomainError as proposeExchange
 */
export async function counterExchange(ctx: MemberContext, input: AnswerInput & Terms) {
  requireActive(ctx);
  const { community, now, me } = ctx;
  requireMinutes(input.minutes, community.granularity);
  const startsAt = comingInstant(input.date, input.time, community.timeZone, now);
  const { id, minutes, place, placeNote } = input;
  return transitionExchange(ctx, id, (exchange) => {
    const outcome = decideTransition(exchange, "counter", actorOf(ctx));
    requireVersion(exchange, input.version);
    const change = { startsAt, minutes, place, placeNote, pendingById: me.id };
    const move = { rules: community, memberId: me.id, now, change };
    return async (tx) => {
      const { giverId } = exchange;
      await requireMyTimeFree(tx, ctx, { id, giverId, startsAt, minutes });
      return applyOutcome(tx, exchange, outcome, move);
    };
  });
}
