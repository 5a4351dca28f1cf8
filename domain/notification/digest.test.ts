import { describe, expect, it } from "vitest";
import { chooseListings, type DigestListing, isWorthSending, MAX_DIGEST_ITEMS } from "./digest";

const DAY_MS = 86_400_000;
const now = new Date("2027-01-04T08:00:00Z");
const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
const listing = (id: string, changes: Partial<DigestListing> = {}): DigestListing => ({
  id,
  kind: "offer",
  title: id,
  category: "garden",
  memberId: id,
  by: id,
  neighbourhood: "",
  createdAt: ago(1),
  ...changes,
});
const reader = {
  id: "me",
  neighbourhood: "Mitte",
  since: ago(7),
  has: new Set(["request:repair", "offer:cooking"]),
  unseen: 0,
};
const chosen = (...listings: DigestListing[]) =>
  chooseListings(listings, reader).map(({ id }) => id);

describe("chooseListings", () => {
  it("leaves out the reader's own listings and those of the last digest", () => {
    const old = listing("old", { createdAt: ago(7) });
    const mine = listing("mine", { memberId: "me" });
    expect(chosen(old, mine, listing("new"))).toEqual(["new"]);
  });

  it("begins with what fits the reader's listings, then what is near, then the newest", () => {
    const near = listing("near", { neighbourhood: "Mitte" });
    const fits = listing("fits", { category: "repair" });
    const helps = listing("helps", {
      kind: "request",
      category: "cooking",
      neighbourhood: "Mitte",
    });
    const same = listing("same", { kind: "request", category: "repair" });
    expect(chosen(same, near, fits, helps)).toEqual(["helps", "fits", "near", "same"]);
  });

  it("has no more than eight, and two of one member", () => {
    const many = Array.from({ length: 12 }, (_, index) => listing(`l${index}`));
    expect(chosen(...many)).toHaveLength(MAX_DIGEST_ITEMS);
    const ofOne = many.map((each) => ({ ...each, memberId: "rosa" }));
    expect(chosen(...ofOne)).toEqual(["l0", "l1"]);
  });
});

describe("isWorthSending", () => {
  const list = (count: number) => Array.from({ length: count }, (_, index) => listing(`l${index}`));
  it("waits with one or two things for more, for a week at most", () => {
    const days = (since: number, unseen = 0) => ({ since: ago(since), unseen });
    expect(isWorthSending(list(3), days(1), now)).toBe(true);
    expect(isWorthSending(list(2), days(1, 4), now)).toBe(true);
    expect(isWorthSending(list(2), days(1), now)).toBe(false);
    expect(isWorthSending(list(1), days(7), now)).toBe(true);
    expect(isWorthSending([], days(7, 1), now)).toBe(true);
    expect(isWorthSending([], days(400), now)).toBe(false);
  });
});
