import { z } from "zod";
import { profileShape } from "@/domain/member/schema";
import { DomainError } from "../../../domain/kernel/errors";
import { id, inCommunity, line } from "../../../domain/kernel/input";
import { readListingsOf } from "../../listing/queries";
import {
  haveAgreedExchange,
  readContact,
  readMembers,
  readNewcomers,
  readPerson,
} from "../../member/queries";
import { updateProfile } from "../../member/update-profile";
import { vouchForMember } from "../../member/vouch-for-member";
import { coordinatorProcedure, memberProcedure, router } from "../trpc";

export const memberRouter = router({
  /** Active members, by name, neighbourhood or number; a page at a time. */
  list: memberProcedure
    .input(
      inCommunity({
        words: line(0, 60).optional(),
        after: id.optional(),
        most: z.int().min(1).max(500).optional(),
      }),
    )
    .query(({ ctx, input }) => readMembers(ctx.communityId, ctx.locale, input)),

  /** A person's page: profile, open listings, what they have given and received. */
  get: memberProcedure.input(inCommunity({ id })).query(async ({ ctx, input }) => {
    const isMe = input.id === ctx.me.id;
    const isCoordinator = ctx.me.role === "coordinator";
    const person = await readPerson(ctx.communityId, input.id, {
      balance: isMe || isCoordinator || ctx.community.balancesVisible,
    });
    if (!person) throw new DomainError("notFound");
    const seesContact =
      isMe || isCoordinator || (await haveAgreedExchange(ctx.communityId, ctx.me.id, input.id));
    return {
      ...person,
      isMe,
      contact: seesContact ? await readContact(ctx.communityId, input.id) : null,
      listings: await readListingsOf(ctx.communityId, input.id, ctx.me, ctx.now, false),
    };
  }),

  /** Members for whom nobody has vouched yet. */
  newcomers: coordinatorProcedure
    .input(inCommunity({}))
    .query(({ ctx }) => readNewcomers(ctx.communityId)),

  /** A coordinator vouches for a member, who may then go as far below zero as everybody. */
  vouch: coordinatorProcedure
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => vouchForMember(ctx, { memberId: input.id })),

  updateProfile: memberProcedure
    .input(inCommunity(profileShape))
    .mutation(({ ctx, input: { community: _, ...input } }) => updateProfile(ctx, input)),
});
