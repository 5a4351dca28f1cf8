/** Who sees a listing. */
import { seesMember } from "../member/access";

type Status = "open" | "paused" | "closed";

/**
 * Whether a listing has a page for this viewer. Its member always sees it; others do not see a
 * closed listing, nor one of a member who no longer takes part.
 */
export const seesListing = (
  listing: { status: Status; member: Parameters<typeof seesMember>[0] },
  viewerId: string,
): boolean =>
  listing.member.id === viewerId ||
  (listing.status !== "closed" && seesMember(listing.member, viewerId));
