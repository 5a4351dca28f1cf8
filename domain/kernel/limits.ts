/**
 * Limits on what one member may do before others have had a chance to answer. Each is far above what a
 * neighbour needs and far below what abuse would take. None restricts help that was agreed.
 */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** At most `max` within the last `windowMs` milliseconds. */
export type Rate = { max: number; windowMs: number };

/**
 * Unanswered proposals and reports to one other member with whom the member never settled an exchange.
 * One of them may be a series.
 */
export const MAX_PROPOSALS_TO_STRANGER = 3;
/** Unanswered dates with one other member: two series of twelve. */
export const MAX_DATES_WITH_ONE = 24;
/** Unanswered dates of one member in all. */
export const MAX_DATES_AT_ONCE = 60;

/**
 * Proposals and reports of one member to another that ended without being agreed: declined, withdrawn,
 * resolved without hours or expired. A series counts as one. Beyond the limit the other member has to
 * make the next proposal.
 */
export const UNSUCCESSFUL_PROPOSALS: Rate = { max: 6, windowMs: 7 * DAY_MS };
/** The same between members who have settled an exchange. */
const MAX_UNSUCCESSFUL_WITH_NEIGHBOUR = 24;

/** A member's earlier proposals and reports. */
export type ProposalCounts = {
  /** Unanswered dates with this other member, and with all members. */
  dates: number;
  datesOfAll: number;
  /** Unanswered, to this other member; a series counts as one. */
  proposals: number;
  hasSeries: boolean;
  /** To this other member, within the window of UNSUCCESSFUL_PROPOSALS. */
  inVain: number;
};

/**
 * Whether a member may propose `dates` more dates to another.
 * @param isNeighbour whether the two have settled an exchange
 * @returns the limit that is exceeded, or null
 */
export function proposalLimit(
  dates: number,
  open: ProposalCounts,
  isNeighbour: boolean,
): { code: "tooManyAsked" | "tooManyAskedAtOnce" | "tooManyInVain"; max: number } | null {
  const max = isNeighbour ? MAX_UNSUCCESSFUL_WITH_NEIGHBOUR : UNSUCCESSFUL_PROPOSALS.max;
  if (open.inVain >= max) return { code: "tooManyInVain", max };
  const isFull = open.proposals >= MAX_PROPOSALS_TO_STRANGER || (dates > 1 && open.hasSeries);
  if (!isNeighbour && isFull) return { code: "tooManyAsked", max: MAX_PROPOSALS_TO_STRANGER };
  if (open.dates + dates > MAX_DATES_WITH_ONE)
    return { code: "tooManyAsked", max: MAX_DATES_WITH_ONE };
  if (open.datesOfAll + dates > MAX_DATES_AT_ONCE) {
    return { code: "tooManyAskedAtOnce", max: MAX_DATES_AT_ONCE };
  }
  return null;
}

/** Records by the receiver with one other member; they settle at once. */
export const RECORDS_WITH_ONE: Rate = { max: 12, windowMs: DAY_MS };
/** After the other member returned such hours, the receiver can record nothing with them for this long. */
export const AFTER_A_RETURN: Rate = { max: 0, windowMs: 30 * DAY_MS };

/** Transitions by one member in one exchange that do not change its status: new terms, another time, a delay. */
export const STEPS_IN_PLACE: Rate = { max: 30, windowMs: DAY_MS };

/** Notes of one member in one exchange. */
export const NOTES: Rate = { max: 30, windowMs: HOUR_MS };
/** Notes on a proposal since the other side last wrote. */
export const MAX_UNANSWERED_NOTES = 5;
/**
 * Notes to one other member on exchanges that were declined, withdrawn, cancelled or expired, after
 * their end and since the other member last wrote there.
 */
export const MAX_NOTES_AFTER_END = 3;

/** New listings of one member. */
export const LISTINGS: Rate = { max: 12, windowMs: DAY_MS };
export const MAX_OPEN_LISTINGS = 60;
/** Listings of one member among the newest on home. */
export const MAX_RECENT_BY_ONE = 2;
/** Listings of one member and day that Browse shows before those of other members. */
export const LISTINGS_IN_A_ROW = 3;

/** Thanks from one member to one other. */
export const THANKS_TO_ONE: Rate = { max: 5, windowMs: DAY_MS };

/** Communities that one user creates on an installation. */
export const COMMUNITIES: Rate = { max: 10, windowMs: DAY_MS };

/** Valid invitations of one community. */
export const MAX_OPEN_INVITATIONS = 100;
/** New invitations of one coordinator. */
export const INVITATIONS: Rate = { max: 50, windowMs: HOUR_MS };

/** Joins to one community from one network, which may be that of a community hall. */
export const JOINS_FROM_AN_ADDRESS: Rate = { max: 20, windowMs: 10 * MINUTE_MS };
/** Each newcomer may go a little below zero, so that many together could take many hours. */
export const JOINS_FROM_AN_ADDRESS_IN_A_DAY: Rate = { max: 60, windowMs: DAY_MS };
/** Joins by one invitation. */
export const JOINS_BY_AN_INVITATION: Rate = { max: 60, windowMs: HOUR_MS };

/** How far the clocks of several instances may differ. */
const MAX_CLOCK_SKEW_MS = MINUTE_MS;

/**
 * The range of times that count for a rate. Rows from the future, written by a clock that was ahead, do
 * not count: they would block the member until that day.
 */
export const windowOf = ({ windowMs }: Rate, now: Date): { gt: Date; lte: Date } => ({
  gt: new Date(now.getTime() - windowMs),
  lte: new Date(now.getTime() + MAX_CLOCK_SKEW_MS),
});

/** Rows of lists without pages; components/ui/list-limit-notice.tsx says when there may be more. */
export const MAX_ROWS = {
  /** Of one member, closed ones included. */
  listings: 200,
  /** Members with whom one member exchanged help. */
  neighbours: 500,
  disputes: 100,
  /** Invitations that are used up, expired or withdrawn. */
  invitationsOver: 100,
  /** Names that look like a coordinator's, and members of one burst of joins. */
  names: 50,
  openCommunities: 100,
  /** Events, and notes, of one exchange. */
  events: 500,
  /** On home: of each of the lists of exchanges that wait for somebody. */
  waiting: 60,
  sessions: 100,
} as const;
