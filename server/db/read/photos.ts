import type { PhotoSize } from "../../domain/photo";
import { db } from "../client";

/** A photo of the community in one of its sizes, or null. */
export async function readPhoto(communityId: string, id: string, size: PhotoSize) {
  const row = await db.photo.findUnique({
    where: { communityId_id: { communityId, id } },
    select: {
      contentType: true,
      sha256: true,
      bytes: size === "large",
      square: size === "square",
    },
  });
  // One of the two was asked for.
  const bytes = row?.bytes ?? row?.square;
  return row && bytes ? { contentType: row.contentType, sha256: row.sha256, bytes } : null;
}
