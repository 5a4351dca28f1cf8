/** What an open page receives about the member's notifications: their state, and nothing else. */

/** The address of the stream, with the query `community`. */
export const EVENTS_PATH = "/api/events";

/** The name of the events that the stream sends; their data is a state. */
export const STATE_EVENT = "state";

/**
 * A text that differs when other notifications are unseen: "3-1764547200000". It contains nothing personal.
 * @param newest the time of the newest unseen one; null when all were seen
 */
export const stateOf = (unseen: { count: number; newest: Date | null }): string =>
  `${unseen.count}-${unseen.newest?.getTime() ?? 0}`;

/** The number of unseen notifications in a state. */
export const countIn = (state: string): number => Number.parseInt(state, 10) || 0;
