/**
 * Timeouts of tests, in milliseconds. They end tests that hang. No test measures speed and the machine may be
 * busy, so each limit is many times what the slowest test needs on an idle machine.
 */

/** One test or hook of vitest. */
export const UNIT_LIMIT_MS = 5 * 60_000;
/** One browser test or hook: the longest visits every page of one reader in one language. */
export const JOURNEY_LIMIT_MS = 20 * 60_000;
/** One step of a browser test: an element appears, or a request is answered. */
export const STEP_LIMIT_MS = 2 * 60_000;
