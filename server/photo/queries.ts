import { seesListing } from "../../domain/listing/listing";
import { seesMember } from "../../domain/member/member";
import type { PhotoSize } from "../../domain/photo/photo";
import { db } from "../platform/db/client";

/**
 * A photo of the community in one of its sizes, for those who may see the member or the listing
 * that it is of; else null, as for a photo that is of nothing.
 */
export async function readPhoto(
  communityId: string,
  id: string,
  size: PhotoSize,
  viewerId: string,
) {
  const member = { select: { id: true, status: true } };
  const row = await db.photo.findUnique({
    where: { communityId_id: { communityId, id } },
    select: {
      contentType: true,
      sha256: true,
      bytes: size === "large",
      square: size === "square",
      member,
      listing: { select: { status: true, member } },
    },
  });
  const isSeen =
    (row?.member && seesMember(row.member, viewerId)) ||
    (row?.listing && seesListing(row.listing, viewerId));
  // One of the two was asked for.
  const bytes = row?.bytes ?? row?.square;
  return row && isSeen && bytes
    ? { contentType: row.contentType, sha256: row.sha256, bytes }
    : null;
}
