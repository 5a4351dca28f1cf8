/** The words of a listing: kinds, categories, places, and how long it stays open. */

export const listingKinds = ["offer", "request"] as const;
export type ListingKind = (typeof listingKinds)[number];

/**
 * The taxonomy, drawn from the categories in use at TimeOverflow, TimePay (Gwangju) and
 * timebank.cc. Keys are stored; their names are messages (`category.*`).
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

/** Where help can happen, seen from the member who wrote the listing. */
export const places = ["mine", "yours", "elsewhere", "online"] as const;
export type Place = (typeof places)[number];

/** Where an agreed exchange happens, seen from outside. */
export const meetingPlaces = ["giver", "receiver", "elsewhere", "online"] as const;
export type MeetingPlace = (typeof meetingPlaces)[number];

export const LISTING_DAYS = 90;

/** When a listing written or renewed now lapses. */
export const listingExpiry = (now: Date): Date =>
  new Date(now.getTime() + LISTING_DAYS * 86_400_000);

/** What a listing is to a visitor: open, paused, closed by its member, or lapsed by time. */
export function listingState(
  listing: { status: "open" | "paused" | "closed"; expiresAt: Date },
  now: Date,
): "open" | "paused" | "closed" | "lapsed" {
  if (listing.status !== "open") return listing.status;
  return listing.expiresAt <= now ? "lapsed" : "open";
}

/** Who gives and who receives when `visitorId` answers a listing. */
export function sidesOf(
  listing: { kind: ListingKind; memberId: string },
  visitorId: string,
): { giverId: string; receiverId: string } {
  return listing.kind === "offer"
    ? { giverId: listing.memberId, receiverId: visitorId }
    : { giverId: visitorId, receiverId: listing.memberId };
}
