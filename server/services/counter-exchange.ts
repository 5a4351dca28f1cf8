import { comingInstant } from "../domain/calendar";
import { decideTransition } from "../domain/exchange";
import { requireMinutes } from "../domain/hours";
import type { MeetingPlace } from "../domain/listing";
import { type AnswerInput, actingMember } from "./answer-exchange";
import type { MemberContext } from "./context";
import { applyOutcome, requireVersion, transitionExchange } from "./exchange-move";
import { requireActive } from "./listing";
import { requireMyTimeFree } from "./reschedule-exchange";

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
    const outcome = decideTransition(exchange, "counter", actingMember(ctx));
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
