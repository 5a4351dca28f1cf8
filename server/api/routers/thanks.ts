import { z } from "zod";
import { DomainError } from "../../../domain/kernel/errors";
import { id, inCommunity } from "../../../domain/kernel/input";
import { privateMessageShape, thanksShape } from "../../../domain/thanks/schema";
import { countNeighbours } from "../../ledger/neighbours";
import { isPerson } from "../../member/queries";
import {
  hideThanks,
  shareWithCoordinators,
  withdrawThanks,
  writeThanks,
} from "../../thanks/commands";
import { readPrivateWords, readThanksFor, readWordsOf } from "../../thanks/queries";
import { coordinatorProcedure, memberProcedure, router } from "../trpc";

export const thanksRouter = router({
  /** The thanks that a member received, and how many members they helped and were helped by. */
  forMember: memberProcedure
    .input(inCommunity({ id, after: z.optional(id) }))
    .query(async ({ ctx, input }) => {
      if (!(await isPerson(ctx.communityId, input.id))) throw new DomainError("notFound");
      const [page, people] = await Promise.all([
        readThanksFor(ctx.communityId, input.id, ctx.now, input.after),
        countNeighbours(ctx.communityId, input.id),
      ]);
      return { ...page, people };
    }),

  /** The thanks for an exchange, for its sides and coordinators. */
  forExchange: memberProcedure.input(inCommunity({ id })).query(async ({ ctx, input }) => {
    const viewer = { memberId: ctx.me.id, isCoordinator: ctx.me.role === "coordinator" };
    const words = await readWordsOf(ctx.communityId, input.id, viewer);
    if (!words) throw new DomainError("notFound");
    return words;
  }),

  write: memberProcedure
    .input(inCommunity({ exchangeId: id, ...thanksShape }))
    .mutation(({ ctx, input }) => writeThanks(ctx, input)),

  withdraw: memberProcedure
    .input(inCommunity({ exchangeId: id }))
    .mutation(({ ctx, input }) => withdrawThanks(ctx, input)),

  /** Hides thanks that I received from my page, or shows them. */
  hide: memberProcedure
    .input(inCommunity({ exchangeId: id, isHidden: z.boolean() }))
    .mutation(({ ctx, input }) => hideThanks(ctx, input)),

  shareWithCoordinators: memberProcedure
    .input(inCommunity({ exchangeId: id, ...privateMessageShape }))
    .mutation(({ ctx, input }) => shareWithCoordinators(ctx, input)),

  /** Private messages of members to the coordinators. */
  words: coordinatorProcedure
    .input(inCommunity({ after: z.strictObject({ exchangeId: id, fromId: id }).optional() }))
    .query(({ ctx, input }) => readPrivateWords(ctx.communityId, ctx.me.id, input.after)),
});
