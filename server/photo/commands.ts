import { createHash } from "node:crypto";
import { DomainError } from "../../domain/kernel/errors";
import { MAX_PHOTOS } from "../../domain/photo/photo";
import type { MemberContext } from "../membership/context";
import { lockMe } from "../membership/locks";
import { db, type Tx, transaction } from "../platform/db/client";
import { newId } from "../platform/tokens";
import type { Picture } from "./picture";

/** The subject of a photo: the member's own listing, or the member. */
export type PhotoOf = { listingId?: string | undefined };

/**
 * Requires that the listing is the member's own; called before the file is read.
 * @throws DomainError notFound
 */
export async function requireOwn(ctx: MemberContext, { listingId }: PhotoOf): Promise<void> {
  if (listingId === undefined) return;
  const { communityId, me } = ctx;
  const where = { communityId, id: listingId, memberId: me.id };
  if ((await db.listing.count({ where })) === 0) throw new DomainError("notFound");
}

/**
 * Sets the photo and deletes the previous one.
 * @throws DomainError notFound, tooManyPhotos {max}
 */
export async function setPhoto(
  ctx: MemberContext,
  of: PhotoOf,
  picture: Picture,
): Promise<{ id: string }> {
  const { communityId, me, now } = ctx;
  const id = newId();
  await transaction(async (tx) => {
    // Concurrent uploads for two listings could exceed the limit.
    await lockMe(tx, ctx);
    const before = await lockPhotoOf(tx, ctx, of);
    if (!before) await requireRoom(tx, ctx);
    const sha256 = createHash("sha256").update(picture.bytes).digest("hex");
    await tx.photo.create({
      data: { communityId, id, ownerId: me.id, ...picture, sha256, createdAt: now },
      select: { id: true },
    });
    await point(tx, ctx, of, id);
    await erase(tx, communityId, before);
  });
  return { id };
}

async function requireRoom(tx: Tx, { communityId, me }: MemberContext): Promise<void> {
  const count = await tx.photo.count({ where: { communityId, ownerId: me.id } });
  if (count >= MAX_PHOTOS) throw new DomainError("tooManyPhotos", { max: MAX_PHOTOS });
}

/** Deletes the photo. @throws DomainError notFound */
export async function removePhoto(ctx: MemberContext, of: PhotoOf): Promise<void> {
  await transaction(async (tx) => {
    const before = await lockPhotoOf(tx, ctx, of);
    if (!before) return;
    await point(tx, ctx, of, null);
    await erase(tx, ctx.communityId, before);
  });
}

/** The present photo's id; the lock serializes concurrent replacements. */
async function lockPhotoOf(
  tx: Tx,
  { communityId, me }: MemberContext,
  { listingId }: PhotoOf,
): Promise<string | null> {
  const [row] =
    listingId === undefined
      ? await tx.$queryRaw<{ photoId: string | null }[]>`
          SELECT photo_id AS "photoId" FROM member
          WHERE community_id = ${communityId}::uuid AND id = ${me.id}::uuid FOR UPDATE`
      : await tx.$queryRaw<{ photoId: string | null }[]>`
          SELECT photo_id AS "photoId" FROM listing
          WHERE community_id = ${communityId}::uuid AND id = ${listingId}::uuid
            AND member_id = ${me.id}::uuid FOR UPDATE`;
  if (!row) throw new DomainError("notFound");
  return row.photoId;
}

async function point(
  tx: Tx,
  { communityId, me }: MemberContext,
  { listingId }: PhotoOf,
  photoId: string | null,
): Promise<void> {
  const data = { photoId };
  if (listingId === undefined) {
    await tx.member.updateMany({ where: { communityId, id: me.id }, data });
  } else {
    await tx.listing.updateMany({ where: { communityId, id: listingId }, data });
  }
}

async function erase(tx: Tx, communityId: string, id: string | null): Promise<void> {
  if (id) await tx.photo.deleteMany({ where: { communityId, id } });
}
