/**
 * All expected failures: invalid input, and actions that the rules do not allow. Each code has a
 * message in `messages/<language>/errors.json`, which the values fill. `server/api/errors.ts` maps
 * each kind to an HTTP status.
 */
export const domainErrors = {
  // Does not exist, or the caller may not see it: the two are never distinguished.
  notFound: "missing",
  notAllowed: "forbidden",
  signInFirst: "unauthorized",

  // The database is overloaded, unreachable or full.
  busy: "unavailable",
  unavailable: "unavailable",

  // Exchanges
  exchangeChanged: "conflict",
  exchangeOver: "conflict",
  notYourTurn: "conflict",
  notPossibleNow: "conflict",
  sameGiverAndReceiver: "invalid",
  listingNotOpen: "conflict",
  memberNotActive: "conflict",
  idTaken: "conflict",
  sameIdOtherContent: "conflict",
  // A question, not a prohibition: accepted when sent again with `confirmedDuplicate`.
  recordedByYou: "conflict",
  recordedByThem: "conflict",
  agreedForThatDay: "conflict",
  proposedBefore: "conflict",
  giverBusy: "conflict",
  timeNotOpen: "conflict",
  notYetOver: "conflict",

  // Thanks
  thanksStay: "conflict",

  // Limits of what one member may do
  tooManyAsked: "conflict",
  tooManyAskedAtOnce: "conflict",
  tooManyInVain: "conflict",
  tooManyRecords: "conflict",
  recordsReturned: "conflict",
  tooManySteps: "conflict",
  tooManyNotes: "conflict",
  tooManyNotesUnanswered: "conflict",
  tooManyNotesAfterTheEnd: "conflict",
  tooManyListings: "conflict",
  tooManyListingsToday: "conflict",
  tooManyThanks: "conflict",
  tooManyInvitations: "conflict",

  // Searches
  tooManySearches: "conflict",

  // Neighbourhoods
  neighbourhoodTaken: "conflict",
  tooManyNeighbourhoods: "conflict",

  // Books
  floorReached: "conflict",
  floorOfReceiver: "conflict",
  newcomerFloorReached: "conflict",
  newcomerFloorOfReceiver: "conflict",
  overrunRefused: "conflict",
  overrunOfReceiver: "conflict",
  ceilingReached: "conflict",
  ceilingOfGiver: "conflict",
  accountClosed: "conflict",
  transferConflict: "conflict",
  holdNotOpen: "conflict",
  alreadySettled: "conflict",
  alreadyReversed: "conflict",

  // Fields
  minutesNotAStep: "invalid",
  minutesOutOfRange: "invalid",
  dateNotReal: "invalid",
  dateTooFar: "invalid",
  dateTooOld: "invalid",
  dateInFuture: "invalid",
  dateInPast: "invalid",
  windowBackwards: "invalid",
  windowHalf: "invalid",
  daysBackwards: "invalid",
  tooManyExceptions: "conflict",

  // Sign-in, credentials and joining
  wrongSignIn: "unauthorized",
  passwordTooCommon: "invalid",
  passwordObvious: "invalid",
  wrongPassword: "invalid",
  signInAgain: "forbidden",
  emailTaken: "conflict",
  emailSame: "invalid",
  emailTwice: "invalid",
  emailLinkInvalid: "forbidden",
  emailStays: "forbidden",
  tooManyAttempts: "tooMany",
  tooManyMails: "tooMany",
  /** {seconds} to wait. */
  tooManyReads: "tooMany",
  /** The browser's push service has an address that is not accepted. */
  pushRefused: "invalid",
  setupLinkInvalid: "forbidden",
  invitationInvalid: "forbidden",
  notOpenToJoin: "forbidden",
  alreadyMember: "conflict",
  addressTaken: "conflict",
  tooManyJoins: "tooMany",
  tooManyJoinsToday: "tooMany",
  nameNeeded: "invalid",
  nameLikeCoordinator: "conflict",
  nameClaimsRole: "invalid",
  neighbourhoodClaimsRole: "invalid",
  foundedDifferently: "conflict",
  tooManyCommunities: "conflict",
  timeZoneUnknown: "invalid",
  regionUnknown: "invalid",
  floorAboveZero: "invalid",
  newcomerFloorOutOfRange: "invalid",

  // Photos; sizes in MB and in millions of pixels
  photoNotAPicture: "invalid",
  photoTooLarge: "tooLarge",
  photoTooManyPixels: "invalid",
  photoDamaged: "invalid",
  tooManyPhotos: "conflict",
} as const;

export type DomainErrorCode = keyof typeof domainErrors;
export type DomainErrorKind = (typeof domainErrors)[DomainErrorCode];
/** Numbers are minutes unless the name says otherwise. */
export type DomainErrorValues = Record<string, string | number>;

/** An expected failure with a message for the person, who can act on it. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  constructor(
    readonly code: DomainErrorCode,
    readonly values: DomainErrorValues = {},
    /** The form field that it belongs to, if any. */
    readonly field?: string,
  ) {
    super(code);
  }
}
