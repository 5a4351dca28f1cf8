/**
 * The date of the messages `privacy` that say what the product stores. scripts/checks/privacy.test.ts fails
 * when they change without it.
 */
export const factsChangedOn = new Date("2026-12-01T12:00:00Z");
