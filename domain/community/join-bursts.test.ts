import { describe, expect, it } from "vitest";
import { burstsOf, type Join } from "./join-bursts";

const START = Date.UTC(2026, 4, 1);
let count = 0;
const joins = (
  howMany: number,
  everyMs: number,
  by: { invitationId?: string | null; address?: (index: number) => string; at?: number } = {},
): Join[] =>
  Array.from({ length: howMany }, (_, index) => {
    count += 1;
    return {
      memberId: `m${count}`,
      displayName: `Member ${count}`,
      role: "member",
      invitationId: by.invitationId ?? null,
      addressHash: by.address?.(index) ?? "home",
      joinedAt: new Date(START + (by.at ?? 0) + index * everyMs),
    };
  });

describe("burstsOf", () => {
  it("finds joins from one address within minutes", () => {
    const [burst, ...others] = burstsOf(joins(12, 30_000, { invitationId: "street" }));
    expect(others).toEqual([]);
    expect(burst).toMatchObject({ invitationId: "street", isOneAddress: true });
    expect(burst?.members).toHaveLength(12);
    expect(burst && burst.to.getTime() - burst.from.getTime()).toBe(11 * 30_000);
  });

  it("finds joins from one address by any invitations, and by one invitation from many addresses", () => {
    const mixed = [
      ...joins(3, 1000, { invitationId: "a" }),
      ...joins(3, 1000, { invitationId: "b" }),
    ];
    expect(burstsOf(mixed)).toMatchObject([{ invitationId: null, isOneAddress: true }]);
    const many = joins(15, 1000, { invitationId: "a", address: (index) => `n${index}` });
    expect(burstsOf(many)).toMatchObject([{ invitationId: "a", isOneAddress: false }]);
  });

  it("ignores few joins, slow ones, and unrelated ones to an open community", () => {
    expect(burstsOf(joins(4, 1000))).toEqual([]);
    expect(burstsOf(joins(20, 11 * 60_000))).toEqual([]);
    expect(burstsOf(joins(40, 1000, { address: (index) => `n${index}` }))).toEqual([]);
  });
});
