import { expect, it } from "vitest";
import { contactAccess, seesBalance, seesMember } from "./access";

it.each([
  ["active", "another member", true],
  ["paused", "another member", true],
  ["applied", "another member", false],
  ["left", "another member", false],
  ["suspended", "another member", false],
  ["left", "the member", true],
] as const)("shows a member who is %s to %s: %s", (status, viewer, isShown) => {
  const viewerId = viewer === "the member" ? "ana" : "ben";
  expect(seesMember({ id: "ana", status }, viewerId)).toBe(isShown);
});

it.each([
  ["the member", { id: "ana", role: "member" }, false, true, "always"],
  ["a coordinator", { id: "carla", role: "coordinator" }, false, true, "always"],
  ["another member", { id: "ben", role: "member" }, false, false, "onceAgreed"],
  ["another member, with open balances", { id: "ben", role: "member" }, true, true, "onceAgreed"],
] as const)(
  "shows balance and contact to %s",
  (_name, viewer, balancesVisible, balance, contact) => {
    expect(seesBalance(viewer, "ana", { balancesVisible })).toBe(balance);
    expect(contactAccess(viewer, "ana")).toBe(contact);
  },
);
