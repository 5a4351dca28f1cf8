import { z } from "zod";
import {
  invitationShape,
  joinShape,
  newCommunityShape,
  settingsShape,
} from "@/domain/community/schema";
import { DomainError } from "../../../domain/kernel/errors";
import { id, inCommunity, slug, token } from "../../../domain/kernel/input";
import { pointOf } from "../../../domain/place/distance";
import { createAnotherCommunity } from "../../community/create-another-community";
import { createInvitation, withdrawInvitation } from "../../community/invitation";
import { joinCommunity } from "../../community/join-community";
import { readBursts, readNamesLikeCoordinators } from "../../community/joins";
import { readMaintenance } from "../../community/maintenance";
import {
  isInvitation,
  readFront,
  readInvitations,
  readOpenCommunities,
  readOverview,
} from "../../community/queries";
import { updateCommunity } from "../../community/update-community";
import { readDisputed } from "../../exchange/queries";
import { configuredMap } from "../../place/map-tiles";
import { hashToken } from "../../platform/tokens";
import { hasPrivacyNotice } from "../../privacy/queries";
import {
  authedProcedure,
  coordinatorProcedure,
  memberProcedure,
  publicProcedure,
  router,
} from "../trpc";

export const communityRouter = router({
  /** Communities that are open to join. */
  open: publicProcedure.query(({ ctx }) => readOpenCommunities(ctx.locale)),

  /** What a visitor with a link sees before they join. */
  front: publicProcedure
    .input(z.strictObject({ community: slug, token: z.string().max(100).optional() }))
    .query(async ({ ctx, input }) => {
      const front = await readFront(input.community);
      const invited =
        front && input.token
          ? await isInvitation(front.id, hashToken(input.token), ctx.now)
          : false;
      // A visitor who may not join must not learn that the community exists.
      if (!front || (!invited && front.joining !== "open")) throw new DomainError("notFound");
      const { id: _, ...shown } = front;
      return { ...shown, invited };
    }),

  join: authedProcedure
    .meta({ audit: true })
    .input(
      z.strictObject({
        community: slug,
        token: z.optional(token),
        name: z.optional(joinShape.name),
      }),
    )
    .mutation(({ ctx, input }) => joinCommunity(ctx.actor, input, ctx)),

  /** Creates another community; for coordinators. */
  create: authedProcedure
    .meta({ audit: true })
    .input(z.strictObject(newCommunityShape))
    .mutation(({ ctx, input }) => createAnotherCommunity(ctx.actor, input, ctx.now)),

  /** The community with its rules, and my own membership. */
  here: memberProcedure.input(inCommunity({})).query(({ ctx }) => {
    const { nextMemberNumber: _, ...community } = ctx.community;
    const {
      id: memberId,
      number,
      role,
      status,
      displayName,
      photoId,
      about,
      languages,
      neighbourhood,
      contact,
    } = ctx.me;
    const point = pointOf(ctx.me);
    return {
      community,
      map: configuredMap(),
      me: {
        id: memberId,
        number,
        role,
        status,
        displayName,
        photoId,
        about,
        languages,
        neighbourhood,
        contact,
        /** My approximate location. */
        point,
      },
    };
  }),

  update: coordinatorProcedure
    .meta({ audit: true })
    .input(inCommunity(settingsShape))
    .mutation(({ ctx, input: { community: _, ...input } }) => updateCommunity(ctx, input)),

  /** The coordinators' page: figures, disputes, suspicious joins, warnings, whether the privacy notice is filled in. */
  overview: coordinatorProcedure.input(inCommunity({})).query(async ({ ctx }) => ({
    figures: await readOverview(ctx.communityId, ctx.now),
    disputed: await readDisputed(ctx.communityId, { memberId: ctx.me.id, isCoordinator: true }),
    bursts: await readBursts(ctx.communityId, ctx.now),
    alike: await readNamesLikeCoordinators(ctx.communityId),
    upkeep: await readMaintenance(ctx.now),
    hasPrivacyNotice: await hasPrivacyNotice(ctx.communityId),
  })),

  invitations: coordinatorProcedure
    .input(inCommunity({}))
    .query(({ ctx }) => readInvitations(ctx.communityId, ctx.now)),

  invite: coordinatorProcedure
    .meta({ audit: true })
    .input(inCommunity(invitationShape))
    .mutation(({ ctx, input }) => createInvitation(ctx, input)),

  withdrawInvitation: coordinatorProcedure
    .meta({ audit: true })
    .input(inCommunity({ id }))
    .mutation(({ ctx, input }) => withdrawInvitation(ctx, input)),
});
