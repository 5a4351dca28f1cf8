import { expect, it } from "vitest";
import { seesStatement } from "./access";

it.each([
  ["a member", "member", "own", true],
  ["a member", "member", "another's", false],
  ["a coordinator", "coordinator", "own", true],
  ["a coordinator", "coordinator", "another's", true],
] as const)("shows %s (%s) %s statement: %s", (_, role, whose, isShown) => {
  expect(seesStatement({ id: "a", role }, whose === "own" ? "a" : "b")).toBe(isShown);
});
