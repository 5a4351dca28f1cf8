/** Listings: kinds, categories, places, and how long they stay open. */

export const listingKinds = ["offer", "request"] as const;
export type ListingKind = (typeof listingKinds)[number];

/**
 * From the categories in use at TimeOverflow, TimePay (Gwangju) and timebank.cc. The keys are stored;
 * their names are messages (`category.*`).
 */
export const categories = [
  "company",
  "care",
  "health",
  "children",
  "household",
  "cooking",
  "garden",
  "repair",
  "transport",
  "shopping",
  "digital",
  "administration",
  "languages",
  "lessons",
  "arts",
  "sport",
  "beauty",
  "animals",
  "events",
  "lending",
  "other",
] as const;
export type Category = (typeof categories)[number];

/** Where help can happen, from the point of view of the listing's member. */
export const places = ["mine", "yours", "elsewhere", "online"] as const;
export type Place = (typeof places)[number];

/** Where an exchange happens, from nobody's point of view. */
export const meetingPlaces = ["giver", "receiver", "elsewhere", "online"] as const;
export type MeetingPlace = (typeof meetingPlaces)[number];

export const LISTING_DAYS = 90;

/** When a listing that is created or renewed now lapses. */
export const listingExpiry = (now: Date): Date =>
  new Date(now.getTime() + LISTING_DAYS * 86_400_000);

/** The stored status, or "lapsed" for an open listing that has expired. */
export function listingState(
  listing: { status: "open" | "paused" | "closed"; expiresAt: Date },
  now: Date,
): "open" | "paused" | "closed" | "lapsed" {
  if (listing.status !== "open") return listing.status;
  return listing.expiresAt <= now ? "lapsed" : "open";
}

/** The sides of an exchange that `visitorId` proposes in answer to a listing. */
export function sidesOf(
  listing: { kind: ListingKind; memberId: string },
  visitorId: string,
): { giverId: string; receiverId: string } {
  return listing.kind === "offer"
    ? { giverId: listing.memberId, receiverId: visitorId }
    : { giverId: visitorId, receiverId: listing.memberId };
}
