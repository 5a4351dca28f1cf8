import { DomainError } from "../../domain/kernel/errors";
import { MAX_SAVED_SEARCHES, type Search, searchOf } from "../../domain/search/search";
import type { MemberContext } from "../membership/context";
import { lockMe } from "../membership/locks";
import { claimId } from "../membership/request-id";
import { db, transaction } from "../platform/db/client";

/**
 * Keeps a search, to tell of what is put up from now on. The same search again is the one that is
 * kept already.
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
      return { memberId: row.memberId, isSame: nameOf(searchOf(row)) === nameOf(search) };
    });
    // One at a time: two at once would both see room for one more.
    await lockMe(tx, ctx);
    const kept = await tx.savedSearch.findMany({ where: { communityId, memberId: me.id } });
    const same = kept.find((each) => nameOf(searchOf(each)) === nameOf(search));
    if (same || !isNew) return { id: same?.id ?? id };
    if (kept.length >= MAX_SAVED_SEARCHES)
      throw new DomainError("tooManySearches", { max: MAX_SAVED_SEARCHES });
    const { words, kind = null, category = null, places, spoken, within = null } = search;
    const { availableOn = null } = search;
    await tx.savedSearch.createMany({
      data: [
        {
          communityId,
          id,
          memberId: me.id,
          words,
          kind,
          category,
          places,
          spoken,
          within,
          availableOn,
        },
      ].map((row) => ({ ...row, createdAt: now, seenAt: now })),
    });
    return { id };
  });

/** The same for two searches that ask for the same. */
const nameOf = ({ words, kind, category, places, spoken, within, availableOn }: Search): string =>
  JSON.stringify([
    words.toLowerCase(),
    kind,
    category,
    [...places].sort(),
    spoken,
    within,
    availableOn,
  ]);

/** What it finds up to now is new no longer. @throws DomainError notFound */
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
  const gone = await db.savedSearch.deleteMany({ where: { communityId, id, memberId: me.id } });
  if (gone.count === 0) throw new DomainError("notFound");
}
