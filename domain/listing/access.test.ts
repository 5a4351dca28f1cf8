import { expect, it } from "vitest";
import { seesListing } from "./access";

it.each([
  ["open", "active", "another member", true],
  ["paused", "active", "another member", true],
  ["closed", "active", "another member", false],
  ["open", "paused", "another member", true],
  ["open", "left", "another member", false],
  ["open", "suspended", "another member", false],
  ["closed", "active", "its member", true],
  ["open", "suspended", "its member", true],
] as const)(
  "shows a listing that is %s, of a member who is %s, to %s: %s",
  (status, memberStatus, viewer, isShown) => {
    const listing = { status, member: { id: "ana", status: memberStatus } };
    expect(seesListing(listing, viewer === "its member" ? "ana" : "ben")).toBe(isShown);
  },
);
