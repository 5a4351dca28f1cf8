import { type Category, type ListingKind, listingState, type Place } from "../../domain/listing";
import { db } from "../client";
import type { Prisma } from "../generated/client";
import { dayOf } from "./availability";

const PAGE = 24;

const card = {
  id: true,
  kind: true,
  status: true,
  title: true,
  description: true,
  category: true,
  minutes: true,
  places: true,
  availability: true,
  neededOn: true,
  neededTime: true,
  createdAt: true,
  expiresAt: true,
  photoId: true,
  member: {
    select: {
      id: true,
      number: true,
      displayName: true,
      photoId: true,
      neighbourhood: true,
      languages: true,
      status: true,
    },
  },
} satisfies Prisma.ListingSelect;

const toView = (row: Prisma.ListingGetPayload<{ select: typeof card }>, now: Date) => ({
  ...row,
  // Stored as text; the services write no other words than the domain's.
  category: row.category as Category,
  places: row.places as Place[],
  /** `2026-12-01`, or "". */
  neededOn: row.neededOn ? dayOf(row.neededOn) : "",
  state: listingState(row, now),
});

export type BrowseQuery = {
  kind?: ListingKind | undefined;
  category?: string | undefined;
  words?: string | undefined;
  /** The id of the last listing that was shown. */
  after?: string | undefined;
};

/** Open listings of active members, newest first, a page at a time. */
export async function browseListings(communityId: string, query: BrowseQuery, now: Date) {
  const words = (query.words ?? "").split(/\s+/).filter(Boolean).slice(0, 6);
  const rows = await db.listing.findMany({
    where: {
      communityId,
      status: "open",
      expiresAt: { gt: now },
      member: { status: "active" },
      ...(query.kind ? { kind: query.kind } : {}),
      ...(query.category ? { category: query.category } : {}),
      AND: words.map((word) => ({
        OR: [
          { title: { contains: word, mode: "insensitive" as const } },
          { description: { contains: word, mode: "insensitive" as const } },
          { member: { displayName: { contains: word, mode: "insensitive" as const } } },
          { member: { neighbourhood: { contains: word, mode: "insensitive" as const } } },
        ],
      })),
    },
    select: card,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: PAGE + 1,
    ...(query.after
      ? { cursor: { communityId_id: { communityId, id: query.after } }, skip: 1 }
      : {}),
  });
  const shown = rows.slice(0, PAGE);
  return {
    listings: shown.map((row) => toView(row, now)),
    next: rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null,
  };
}

/** One listing, whatever its state, with the measures of its photo; or null. */
export async function readListing(communityId: string, id: string, now: Date) {
  const row = await db.listing.findUnique({
    where: { communityId_id: { communityId, id } },
    select: { ...card, photo: { select: { width: true, height: true } } },
  });
  return row && { ...toView(row, now), photo: row.photo };
}

/** A member's listings: all of them for themselves, the open ones for others. */
export async function readListingsOf(
  communityId: string,
  memberId: string,
  now: Date,
  all: boolean,
) {
  const rows = await db.listing.findMany({
    where: {
      communityId,
      memberId,
      ...(all ? {} : { status: "open", expiresAt: { gt: now } }),
    },
    select: card,
    orderBy: [{ status: "asc" }, { createdAt: "desc" }],
    take: 200,
  });
  return rows.map((row) => toView(row, now));
}
