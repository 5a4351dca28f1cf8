export const exchangeStatuses = [
  "proposed",
  "agreed",
  "reported",
  "disputed",
  "settled",
  "declined",
  "withdrawn",
  "cancelled",
  "expired",
] as const;
export type ExchangeStatus = (typeof exchangeStatuses)[number];

/** Something can still happen between the two sides, or a coordinator decides. */
export const openStatuses: readonly ExchangeStatus[] = [
  "proposed",
  "agreed",
  "reported",
  "disputed",
];
/** The pending side waits for the other's answer. */
export const answerableStatuses: readonly ExchangeStatus[] = ["proposed", "reported"];
/** Once both had agreed: the time is promised or the help was given, so it stands in calendars. */
export const promisedStatuses: readonly ExchangeStatus[] = [
  "agreed",
  "reported",
  "disputed",
  "settled",
];
/** It ended and no hours moved. */
export const endedWithoutHours: readonly ExchangeStatus[] = [
  "declined",
  "withdrawn",
  "cancelled",
  "expired",
];

export const isOver = (status: ExchangeStatus): boolean => !openStatuses.includes(status);

/** Each side sees the other's contact details from the agreement until the hours have moved. */
export const sharesContact = ({
  status,
  agreedAt,
}: {
  status: ExchangeStatus;
  agreedAt: Date | null;
}): boolean => agreedAt !== null && promisedStatuses.includes(status) && !isOver(status);
