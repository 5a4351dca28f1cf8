import { DomainError } from "../../domain/kernel/errors";
import { coarse, isSamePoint } from "../../domain/place/distance";
import { MAX_NEIGHBOURHOODS, type Neighbourhood } from "../../domain/place/neighbourhood";
import type { MemberContext } from "../membership/context";
import { lockCommunity, lockCoordinator } from "../membership/locks";
import { claimId } from "../membership/request-id";
import { type Tx, transaction } from "../platform/db/client";

/**
 * Adds a neighbourhood.
 * @throws DomainError neighbourhoodTaken, tooManyNeighbourhoods, idTaken, sameIdOtherContent
 */
export const addNeighbourhood = (ctx: MemberContext, { id, name, point }: Neighbourhood) =>
  transaction(async (tx) => {
    const { communityId } = ctx;
    const data = { communityId, id, name, ...coarse(point) };
    const request = { id, procedure: "neighbourhood.add", content: { name, point } };
    const isNew = await claimId(tx, ctx, request, async () => {
      const known = await tx.neighbourhood.findUnique({
        where: { communityId_id: { communityId, id } },
      });
      return known && { memberId: null, isSame: known.name === name && isSamePoint(known, data) };
    });
    if (!isNew) return;
    await lockNames(tx, ctx);
    await requireFree(tx, data);
    if ((await tx.neighbourhood.count({ where: { communityId } })) >= MAX_NEIGHBOURHOODS) {
      throw new DomainError("tooManyNeighbourhoods", { max: MAX_NEIGHBOURHOODS });
    }
    await tx.neighbourhood.create({ data });
  });

/**
 * Renames or moves a neighbourhood. Members with its name get the new name; members located at its
 * point move with it.
 * @throws DomainError notFound, neighbourhoodTaken
 */
export const updateNeighbourhood = (ctx: MemberContext, { id, name, point }: Neighbourhood) =>
  transaction(async (tx) => {
    const { communityId } = ctx;
    await lockNames(tx, ctx);
    const before = await tx.neighbourhood.findUnique({
      where: { communityId_id: { communityId, id } },
    });
    if (!before) throw new DomainError("notFound");
    const data = { communityId, id, name, ...coarse(point) };
    await requireFree(tx, data);
    await tx.neighbourhood.update({ where: { communityId_id: { communityId, id } }, data });
    if (!isSamePoint(before, data)) {
      await tx.$executeRaw`
        UPDATE member SET latitude = ${data.latitude}, longitude = ${data.longitude}
        WHERE community_id = ${communityId}::uuid AND lower(neighbourhood COLLATE "und-x-icu") = lower(${before.name} COLLATE "und-x-icu")
          AND latitude = ${before.latitude} AND longitude = ${before.longitude}`;
    }
    if (before.name !== name) {
      await tx.$executeRaw`
        UPDATE member SET neighbourhood = ${name}
        WHERE community_id = ${communityId}::uuid AND lower(neighbourhood COLLATE "und-x-icu") = lower(${before.name} COLLATE "und-x-icu")`;
    }
  });

/** Removes a neighbourhood; members keep its name and point. @throws DomainError notFound */
export async function removeNeighbourhood(
  ctx: MemberContext,
  { id }: { id: string },
): Promise<void> {
  await transaction(async (tx) => {
    await lockNames(tx, ctx);
    const where = { communityId: ctx.communityId, id };
    const deleted = await tx.neighbourhood.deleteMany({ where });
    if (deleted.count === 0) throw new DomainError("notFound");
  });
}

/** Serializes changes: concurrent ones could use the same name, or exceed the limit. */
async function lockNames(tx: Tx, ctx: MemberContext): Promise<void> {
  await lockCommunity(tx, { id: ctx.communityId });
  await lockCoordinator(tx, ctx);
}

/** Compares as the table's unique index does. @throws DomainError neighbourhoodTaken */
async function requireFree(
  tx: Tx,
  { communityId, id, name }: { communityId: string; id: string; name: string },
): Promise<void> {
  const same = await tx.$queryRaw<object[]>`
    SELECT 1 FROM neighbourhood WHERE community_id = ${communityId}::uuid AND id <> ${id}::uuid
      AND lower(name COLLATE "und-x-icu") = lower(${name} COLLATE "und-x-icu")`;
  if (same.length > 0) throw new DomainError("neighbourhoodTaken", {}, "name");
}
