/**
 * How long a test may take, in milliseconds. A limit ends what has come to a halt; no test is about
 * speed, and the machine may be busy, so each is many times what its slowest test needs when idle.
 */

/** One test or hook of vitest. */
export const UNIT_LIMIT_MS = 5 * 60_000;
/** One journey in the browser, or a hook of it: the longest visits every page of one reader in one language. */
export const JOURNEY_LIMIT_MS = 20 * 60_000;
/** One step of a journey: something appears, or the product answers a request. */
export const STEP_LIMIT_MS = 2 * 60_000;
