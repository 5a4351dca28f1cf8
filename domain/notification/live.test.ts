import { describe, expect, it } from "vitest";
import { countIn, stateOf } from "./live";

const newest = new Date("2026-03-01T12:00:00Z");

describe("the state of a member's notifications", () => {
  it("has the number of unseen ones", () => {
    expect(countIn(stateOf({ count: 12, newest }))).toBe(12);
    expect(countIn(stateOf({ count: 0, newest: null }))).toBe(0);
  });

  it("differs when one was replaced by another, and the number is the same", () => {
    const later = new Date(newest.getTime() + 1);
    expect(stateOf({ count: 1, newest })).not.toBe(stateOf({ count: 1, newest: later }));
  });

  it("is read as none when it is no state", () => expect(countIn("hello")).toBe(0));
});
