import { expect, it } from "vitest";
import { MIN_MATCHES, showsNearMatches } from "./near-matches";

it.each([
  ["words without a match", { words: "gardn" }, 0, true],
  ["words with few matches", { words: "gardn" }, MIN_MATCHES - 1, true],
  ["words with enough matches", { words: "garden" }, MIN_MATCHES, false],
  ["filters without words", { words: "" }, 0, false],
  ["a later page", { words: "gardn", after: "cursor" }, 0, false],
] as const)("decides near matches for %s", (_name, query, matches, isShown) => {
  expect(showsNearMatches(query, matches)).toBe(isShown);
});
