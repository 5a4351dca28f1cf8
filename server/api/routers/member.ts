import { z } from "zod";
import { memberListShape, profileShape } from "@/domain/member/schema";
import { DomainError } from "../../../domain/kernel/errors";
import { id, inCommunity } from "../../../domain/kernel/input";
import { contactAccess, seesBalance } from "../../../domain/member/access";
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
  /** A page of active members, found by name, neighbourhood or number. */
  list: memberProcedure
    .meta({ read: "search" })
    .input(
      inCommunity({
        ...memberListShape,
        most: z.int().min(1).max(500).optional(),
      }),
    )
    .query(({ ctx, input }) => readMembers(ctx.communityId, ctx.locale, input)),

  /** A member's page: profile, open listings, hours given and received. */
  get: memberProcedure.input(inCommunity({ id })).query(async ({ ctx, input }) => {
    const person = await readPerson(ctx.communityId, input.id, {
      balance: seesBalance(ctx.me, input.id, ctx.community),
    });
    if (!person) throw new DomainError("notFound");
    const seesContact =
      contactAccess(ctx.me, input.id) === "always" ||
      (await haveAgreedExchange(ctx.communityId, ctx.me.id, input.id));
    return {
      ...person,
      isMe: input.id === ctx.me.id,
      contact: seesContact ? await readContact(ctx.communityId, input.id) : null,
      listings: await readListingsOf(ctx.communityId, input.id, ctx.me, ctx.now, false),
    };
  }),

  /** Members who are not vouched for yet. */
  newcomers: coordinatorProcedure
    .input(inCommunity({}))
    .query(({ ctx }) => readNewcomers(ctx.communityId)),

  /** Vouches for a member: the community's floor then replaces the newcomers' floor. */
  vouch: coordinatorProcedure
    .meta({ audit: true })
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => vouchForMember(ctx, { memberId: input.id })),

  updateProfile: memberProcedure
    .input(inCommunity(profileShape))
    .mutation(({ ctx, input: { community: _, ...input } }) => updateProfile(ctx, input)),
});
