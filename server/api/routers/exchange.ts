import { z } from "zod";
import {
  decisionShape,
  delayShape,
  exchangeListShape,
  noteShape,
  notHappenedShape,
  proposeShape,
  reasonShape,
  recordShape,
  reportShape,
  rescheduleShape,
  resolutionShape,
  termsShape,
} from "@/domain/exchange/schema";
import { MAX_REPEATS } from "../../../domain/exchange/repeat";
import { sharesContact } from "../../../domain/exchange/status";
import { DomainError } from "../../../domain/kernel/errors";
import { id, inCommunity, version } from "../../../domain/kernel/input";
import {
  acceptReschedule,
  agreeExchange,
  agreeSeries,
  cancelExchange,
  cancelReschedule,
  confirmExchange,
  counterExchange,
  declineExchange,
  disputeExchange,
  markNotHappened,
  reportDelay,
  reportExchange,
  requestReschedule,
  resolveWithHours,
  resolveWithoutHours,
  returnExchange,
  reverseExchange,
  withdrawExchange,
} from "../../exchange/commands";
import { proposeExchange } from "../../exchange/propose-exchange";
import { readExchangeView, readMyExchanges } from "../../exchange/queries";
import { recordExchange } from "../../exchange/record-exchange";
import { writeNote } from "../../exchange/write-note";
import { readContact } from "../../member/queries";
import { coordinatorProcedure, memberProcedure, router, userMessage } from "../trpc";

const answer = inCommunity({ id, version });
const answerWithReason = inCommunity({ id, version, ...reasonShape });

export const exchangeRouter = router({
  mine: memberProcedure
    .input(inCommunity(exchangeListShape))
    .query(({ ctx, input }) =>
      readMyExchanges(ctx.communityId, { memberId: ctx.me.id, isCoordinator: false }, input),
    ),

  /** One exchange, for its sides and coordinators; with contact details once it is agreed. */
  get: memberProcedure.input(inCommunity({ id })).query(async ({ ctx, input }) => {
    const viewer = { memberId: ctx.me.id, isCoordinator: ctx.me.role === "coordinator" };
    const { communityId, community, now } = ctx;
    const exchange = await readExchangeView(communityId, input.id, viewer, community, now);
    if (!exchange) throw new DomainError("notFound");
    const contact =
      sharesContact(exchange) && exchange.mySide
        ? await readContact(ctx.communityId, exchange.other.id)
        : null;
    return { ...exchange, contact };
  }),

  /** Proposes by a listing, or to a person from scratch (`otherId` and `mySide`). */
  propose: memberProcedure
    .input(inCommunity(proposeShape))
    .mutation(({ ctx, input: { community: _, ...input } }) => proposeExchange(ctx, input)),

  /** Records help that already happened. */
  record: memberProcedure
    .input(inCommunity(recordShape))
    .mutation(({ ctx, input: { community: _, ...input } }) => recordExchange(ctx, input)),

  counter: memberProcedure
    .input(inCommunity({ id, version, ...termsShape }))
    .mutation(({ ctx, input }) => counterExchange(ctx, input)),

  /** Agrees to several exchanges of a series at once; returns which could not be agreed, and why. */
  agreeSeries: memberProcedure
    .input(inCommunity({ seen: z.array(z.strictObject({ id, version })).min(1).max(MAX_REPEATS) }))
    .mutation(async ({ ctx, input }) => {
      const { agreed, refused } = await agreeSeries(ctx, input);
      const explained = refused.map(({ id: exchange, reason, values }) => ({
        id: exchange,
        sentence: userMessage(reason, values, ctx.locale),
      }));
      return { agreed, refused: explained };
    }),

  /** Asks for another time of what is agreed; the other side answers. */
  requestReschedule: memberProcedure
    .input(inCommunity({ id, version, ...rescheduleShape }))
    .mutation(({ ctx, input }) => requestReschedule(ctx, input)),
  acceptReschedule: memberProcedure
    .input(answer)
    .mutation(({ ctx, input }) => acceptReschedule(ctx, input)),
  cancelReschedule: memberProcedure
    .input(answer)
    .mutation(({ ctx, input }) => cancelReschedule(ctx, input)),

  /** Tells the other side that one is late. */
  reportDelay: memberProcedure
    .input(inCommunity({ id, version, ...delayShape }))
    .mutation(({ ctx, input }) => reportDelay(ctx, input)),

  /** Agreed help that did not happen. */
  markNotHappened: memberProcedure
    .input(inCommunity({ id, version, ...notHappenedShape }))
    .mutation(({ ctx, input }) => markNotHappened(ctx, input)),

  agree: memberProcedure.input(answer).mutation(({ ctx, input }) => agreeExchange(ctx, input)),
  decline: memberProcedure
    .input(answerWithReason)
    .mutation(({ ctx, input }) => declineExchange(ctx, input)),
  withdraw: memberProcedure
    .input(answer)
    .mutation(({ ctx, input }) => withdrawExchange(ctx, input)),
  cancel: memberProcedure
    .input(answerWithReason)
    .mutation(({ ctx, input }) => cancelExchange(ctx, input)),

  report: memberProcedure
    .input(inCommunity({ id, version, ...reportShape }))
    .mutation(({ ctx, input }) => reportExchange(ctx, input)),

  confirm: memberProcedure.input(answer).mutation(({ ctx, input }) => confirmExchange(ctx, input)),
  dispute: memberProcedure
    .input(answerWithReason)
    .mutation(({ ctx, input }) => disputeExchange(ctx, input)),

  /** A coordinator ends a dispute by moving hours. */
  resolveWithHours: coordinatorProcedure
    .input(inCommunity({ id, version, ...resolutionShape }))
    .mutation(({ ctx, input }) => resolveWithHours(ctx, input)),

  /** A coordinator ends a dispute without moving hours. */
  resolveWithoutHours: coordinatorProcedure
    .input(inCommunity({ id, version, ...decisionShape }))
    .mutation(({ ctx, input }) => resolveWithoutHours(ctx, input)),

  /** A coordinator undoes a settled exchange. */
  reverse: coordinatorProcedure
    .input(inCommunity({ id, version, ...decisionShape }))
    .mutation(({ ctx, input }) => reverseExchange(ctx, input)),

  /** The member who was credited by somebody else's record gives the hours back. */
  returnHours: memberProcedure
    .input(answerWithReason)
    .mutation(({ ctx, input }) => returnExchange(ctx, input)),

  /** Adds a note to the thread. */
  note: memberProcedure
    .input(inCommunity({ id, exchangeId: id, ...noteShape }))
    .mutation(({ ctx, input }) => writeNote(ctx, input)),
});
