import { searchOf } from "../../domain/search/search";
import type { Reader } from "../listing/queries";
import { db } from "../platform/db/client";
import { countNewListings } from "./queries";

/** A member's saved searches, newest first; `fresh` counts the new listings since they looked. */
export async function readSavedSearches(communityId: string, reader: Reader, now: Date) {
  const rows = await db.savedSearch.findMany({
    where: { communityId, memberId: reader.id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return Promise.all(
    rows.map(async (row) => {
      const search = searchOf(row.filters);
      const since = row.seenAt;
      const fresh = await countNewListings(communityId, { search, since }, reader, now);
      return { id: row.id, search, createdAt: row.createdAt, seenAt: row.seenAt, fresh };
    }),
  );
}

/** A member's saved searches with new listings. */
export async function countSearchNews(communityId: string, reader: Reader, now: Date) {
  const all = await readSavedSearches(communityId, reader, now);
  return all.filter(({ fresh }) => fresh > 0);
}
