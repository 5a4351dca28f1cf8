/**
 * How much one member may do before others have had a chance to answer. Each limit is far above
 * what a neighbour needs and far below what a nuisance would want; none gates help that was agreed.
 */

/** Milliseconds. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A number of things within the time before, in milliseconds. */
export type Rate = { most: number; within: number };

/**
 * Proposals and reports that wait for the answer of one other member with whom nothing was ever
 * settled together. One of them may be a series.
 */
export const MAX_PROPOSALS_TO_STRANGER = 3;
/** Dates that wait for the answer of one other member: two series of twelve. */
export const MAX_DATES_WITH_ONE = 24;
/** Dates of one member that wait for anybody's answer. */
export const MAX_DATES_AT_ONCE = 60;

/**
 * Proposals and reports of one member to one other that ended without help, and were never agreed:
 * declined, withdrawn, resolvedWithoutHours or lapsed. A series is one. Then the next word is the other's.
 */
export const IN_VAIN: Rate = { most: 6, within: 7 * DAY };
/** Between those who have settled an exchange. */
const IN_VAIN_OF_A_NEIGHBOUR = 24;

/** What a member asked for before, and was not answered. */
export type Asked = {
  /** Dates, of this other member and of all. */
  dates: number;
  datesOfAll: number;
  /** Of this other member; a series is one. */
  proposals: number;
  hasSeries: boolean;
  /** Of this other member within the time of IN_VAIN. */
  inVain: number;
};

/**
 * Whether a member may ask another for `dates` more dates at once.
 * @param isNeighbour whether the two have settled an exchange
 * @returns the limit that stands against it, or null
 */
export function proposalLimit(
  dates: number,
  open: Asked,
  isNeighbour: boolean,
): { code: "tooManyAsked" | "tooManyAskedAtOnce" | "tooManyInVain"; max: number } | null {
  const mostInVain = isNeighbour ? IN_VAIN_OF_A_NEIGHBOUR : IN_VAIN.most;
  if (open.inVain >= mostInVain) return { code: "tooManyInVain", max: mostInVain };
  const isFull = open.proposals >= MAX_PROPOSALS_TO_STRANGER || (dates > 1 && open.hasSeries);
  if (!isNeighbour && isFull) return { code: "tooManyAsked", max: MAX_PROPOSALS_TO_STRANGER };
  if (open.dates + dates > MAX_DATES_WITH_ONE)
    return { code: "tooManyAsked", max: MAX_DATES_WITH_ONE };
  if (open.datesOfAll + dates > MAX_DATES_AT_ONCE) {
    return { code: "tooManyAskedAtOnce", max: MAX_DATES_AT_ONCE };
  }
  return null;
}

/** Help that a receiver records with one other member; it settles at once. */
export const RECORDS_WITH_ONE: Rate = { most: 12, within: DAY };
/** After a member returned such hours, nothing more is recorded with them alone for so long. */
export const AFTER_A_RETURN: Rate = { most: 0, within: 30 * DAY };

/** Steps of one member in one exchange that leave it where it was: other terms, another time, "late". */
export const STEPS_IN_PLACE: Rate = { most: 30, within: DAY };

/** Notes of one member in one exchange. */
export const NOTES: Rate = { most: 30, within: HOUR };
/** Notes in a proposal, since the other side last wrote. */
export const MAX_UNANSWERED_NOTES = 5;
/**
 * Notes to one other member in exchanges that were declined, withdrawn, cancelled or expired, since
 * they ended and since the other member last wrote there.
 */
export const MAX_NOTES_AFTER_END = 3;

/** Listings that one member puts up. */
export const LISTINGS: Rate = { most: 12, within: DAY };
/** Listings of one member that are open. */
export const MAX_OPEN_LISTINGS = 60;
/** Of one member among the newest that home shows. */
export const MAX_RECENT_BY_ONE = 2;
/** Listings of one member and day that the board shows before those of everybody else. */
export const LISTINGS_IN_A_ROW = 3;

/** Thanks of one member to one other. */
export const THANKS_TO_ONE: Rate = { most: 5, within: DAY };

/** Invitations of one community that can be used. */
export const MAX_OPEN_INVITATIONS = 100;
/** Invitations that one coordinator makes. */
export const INVITATIONS: Rate = { most: 50, within: HOUR };

/** Joins to one community from one network address: a community hall may share it. */
export const JOINS_FROM_AN_ADDRESS: Rate = { most: 20, within: 10 * MINUTE };
/** The same in a day: each newcomer may go a little below zero, and many together far. */
export const JOINS_FROM_AN_ADDRESS_IN_A_DAY: Rate = { most: 60, within: DAY };
/** Joins by one invitation. */
export const JOINS_BY_AN_INVITATION: Rate = { most: 60, within: HOUR };

/** Clocks of several instances may differ by this much, in milliseconds. */
const SKEW = MINUTE;

/**
 * The time in which a rate counts. What a clock that was ahead has dated does not count once the
 * clock is right again, or it would count until that day comes.
 */
export const timeOf = ({ within }: Rate, now: Date): { gt: Date; lte: Date } => ({
  gt: new Date(now.getTime() - within),
  lte: new Date(now.getTime() + SKEW),
});

/** Rows of a list that is read whole; the page says when there may be more (components/ui/list-limit-notice.tsx). */
export const MAX_ROWS = {
  /** Listings of one member, closed ones too. */
  listings: 200,
  /** People with whom one member exchanged help. */
  neighbours: 500,
  disputes: 100,
  /** Invitations that are over. */
  invitationsOver: 100,
  /** Names that look like a coordinator's, and people of one burst. */
  names: 50,
  openCommunities: 100,
  /** Events, and notes, of an exchange. */
  events: 500,
  /** On home: of what others ask for, of what one asked for, and of what was credited. */
  waiting: 60,
  sessions: 100,
} as const;
