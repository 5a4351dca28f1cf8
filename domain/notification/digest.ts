/** What a digest contains. Nothing here reads the database: a community's news are read once for all its members. */

/** The largest number of listings. */
export const MAX_DIGEST_ITEMS = 8;
/** The largest number of listings of one member, so that one does not fill it. */
const MAX_OF_ONE = 2;
/** This number is sent at once; fewer wait until nothing was sent for SILENCE_MS. */
const ENOUGH = 3;
const SILENCE_MS = 7 * 86_400_000;

export type DigestListing = {
  id: string;
  kind: "offer" | "request";
  title: string;
  category: string;
  memberId: string;
  by: string;
  neighbourhood: string;
  createdAt: Date;
};

export type DigestReader = {
  id: string;
  neighbourhood: string;
  /** Until when the last digest looked. */
  since: Date;
  /** Categories of what they offer and ask for, as `kind:category`. */
  has: ReadonlySet<string>;
  /** Notifications that they have not seen. */
  unseen: number;
};

/** What the reader could help with or ask for: an offer for their request, or a request for their offer. */
const counterpart = { offer: "request", request: "offer" } as const;

/**
 * The listings of a reader's digest: new ones of others, first what fits their own listings, then what is in their
 * neighbourhood, then the newest.
 * @param listings the community's, the newest first
 */
export function chooseListings(
  listings: readonly DigestListing[],
  { id, neighbourhood, since, has }: DigestReader,
): DigestListing[] {
  const ofOne = new Map<string, number>();
  const rank = ({ kind, category, neighbourhood: place }: DigestListing): number =>
    (has.has(`${counterpart[kind]}:${category}`) ? 2 : 0) +
    (neighbourhood !== "" && place === neighbourhood ? 1 : 0);
  return listings
    .filter(({ memberId, createdAt }) => memberId !== id && createdAt > since)
    .map((listing, index) => ({ listing, index, rank: rank(listing) }))
    .sort((one, other) => other.rank - one.rank || one.index - other.index)
    .map(({ listing }) => listing)
    .filter(({ memberId }) => {
      const count = (ofOne.get(memberId) ?? 0) + 1;
      ofOne.set(memberId, count);
      return count <= MAX_OF_ONE;
    })
    .slice(0, MAX_DIGEST_ITEMS);
}

/** Whether there is enough to send. One or two things wait for more, but not longer than a week. */
export function isWorthSending(
  listings: readonly DigestListing[],
  { since, unseen }: Pick<DigestReader, "since" | "unseen">,
  now: Date,
): boolean {
  const count = listings.length + (unseen > 0 ? 1 : 0);
  if (count >= ENOUGH) return true;
  return count > 0 && now.getTime() - since.getTime() >= SILENCE_MS;
}
