import { DomainError } from "../../domain/kernel/errors";
import type { Search } from "../../domain/search/schema";
import { MAX_SAVED_SEARCHES, searchKey, searchOf } from "../../domain/search/search";
import type { MemberContext } from "../membership/context";
import { lockMe } from "../membership/locks";
import { claimId } from "../membership/request-id";
import { db, transaction } from "../platform/db/client";

/**
 * Saves a search, which counts new listings from now on. An equal search that is already saved is
 * returned instead.
 * @throws DomainError tooManySearches, idTaken, sameIdOtherContent
 */
export const saveSearch = (ctx: MemberContext, { id, ...search }: Search & { id: string }) =>
  transaction(async (tx) => {
    const { communityId, me, now } = ctx;
    const request = { id, procedure: "search.save", content: search };
    const isNew = await claimId(tx, ctx, request, async () => {
      const row = await tx.savedSearch.findUnique({
        where: { communityId_id: { communityId, id } },
      });
      if (!row) return null;
      return {
        memberId: row.memberId,
        isSame: searchKey(searchOf(row.filters)) === searchKey(search),
      };
    });
    // Before counting, so that concurrent requests cannot exceed the limit.
    await lockMe(tx, ctx);
    const saved = await tx.savedSearch.findMany({ where: { communityId, memberId: me.id } });
    const same = saved.find((each) => searchKey(searchOf(each.filters)) === searchKey(search));
    if (same || !isNew) return { id: same?.id ?? id };
    if (saved.length >= MAX_SAVED_SEARCHES)
      throw new DomainError("tooManySearches", { max: MAX_SAVED_SEARCHES });
    const row = { communityId, id, memberId: me.id, filters: search };
    await tx.savedSearch.createMany({ data: [{ ...row, createdAt: now, seenAt: now }] });
    return { id };
  });

/** Marks the present results as seen. @throws DomainError notFound */
export async function markSearchSeen(
  { communityId, me, now }: MemberContext,
  { id }: { id: string },
) {
  const where = { communityId, id, memberId: me.id };
  const seen = await db.savedSearch.updateMany({ where, data: { seenAt: now } });
  if (seen.count === 0) throw new DomainError("notFound");
}

/** @throws DomainError notFound */
export async function deleteSearch({ communityId, me }: MemberContext, { id }: { id: string }) {
  const deleted = await db.savedSearch.deleteMany({ where: { communityId, id, memberId: me.id } });
  if (deleted.count === 0) throw new DomainError("notFound");
}
