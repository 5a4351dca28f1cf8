import { seesListing } from "../../domain/listing/access";
import { seesMember } from "../../domain/member/access";
import type { PhotoSize } from "../../domain/photo/photo";
import { db } from "../platform/db/client";

/**
 * A photo in one of its sizes; null when the viewer may not see the member or listing that it
 * belongs to, or when it belongs to neither.
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
  const bytes = row?.bytes ?? row?.square;
  return row && isSeen && bytes
    ? { contentType: row.contentType, sha256: row.sha256, bytes }
    : null;
}
