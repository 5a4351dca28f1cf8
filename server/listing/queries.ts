import { columnsOf } from "../../domain/kernel/fields";
import { MAX_ROWS } from "../../domain/kernel/limits";
import { type Category, listingState, type Place } from "../../domain/listing/listing";
import { listingShape } from "../../domain/listing/schema";
import { metresBetween, pointOf, shownMetres } from "../../domain/place/distance";
import { dayOf } from "../availability/queries";
import { person } from "../membership/member-name";
import { db } from "../platform/db/client";
import type { Prisma } from "../platform/db/generated/client";

const card = {
  ...columnsOf(listingShape),
  id: true,
  status: true,
  createdAt: true,
  expiresAt: true,
  photoId: true,
  member: {
    select: {
      ...person,
      neighbourhood: true,
      languages: true,
      status: true,
      latitude: true,
      longitude: true,
    },
  },
} satisfies Prisma.ListingSelect;

/** The viewer; distances are measured from their location, where both members have set one. */
export type Reader = { id: string; latitude: number | null; longitude: number | null };

const toView = (
  row: Prisma.ListingGetPayload<{ select: typeof card }>,
  reader: Reader,
  now: Date,
) => {
  // Only the distance: the location itself is shown on the map only, and rounded.
  const { latitude, longitude, ...member } = row.member;
  const [mine, theirs] = [pointOf(reader), pointOf({ latitude, longitude })];
  return {
    ...row,
    member,
    // Stored as text; only values of the domain are written.
    category: row.category as Category,
    places: row.places as Place[],
    /** `2026-12-01`, or "". */
    neededOn: row.neededOn ? dayOf(row.neededOn) : "",
    state: listingState(row, now),
    metres:
      mine && theirs && member.id !== reader.id ? shownMetres(metresBetween(mine, theirs)) : null,
  };
};

/** The listings of these ids, in this order. */
export async function readCards(communityId: string, ids: string[], reader: Reader, now: Date) {
  if (ids.length === 0) return [];
  const rows = await db.listing.findMany({ where: { communityId, id: { in: ids } }, select: card });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [toView(row, reader, now)] : [];
  });
}

/** The coarse locations of the members of these listings, where set; open listings only. */
export async function readListingPoints(communityId: string, ids: string[], now: Date) {
  const rows = await db.listing.findMany({
    where: {
      communityId,
      id: { in: ids },
      status: "open",
      expiresAt: { gt: now },
      member: { status: "active" },
    },
    select: { id: true, member: { select: { latitude: true, longitude: true } } },
  });
  return rows.flatMap(({ id, member }) => {
    const point = pointOf(member);
    return point ? [{ id, point }] : [];
  });
}

/** A listing in any state, with the dimensions of its photo; null when unknown. */
export async function readListing(communityId: string, id: string, reader: Reader, now: Date) {
  const row = await db.listing.findUnique({
    where: { communityId_id: { communityId, id } },
    select: { ...card, photo: { select: { width: true, height: true } } },
  });
  return row && { ...toView(row, reader, now), photo: row.photo };
}

/** A member's listings: only the open ones unless `all`. */
export async function readListingsOf(
  communityId: string,
  memberId: string,
  reader: Reader,
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
    take: MAX_ROWS.listings,
  });
  return rows.map((row) => toView(row, reader, now));
}
