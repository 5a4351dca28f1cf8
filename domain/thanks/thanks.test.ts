import { describe, expect, it } from "vitest";
import type { ExchangeStatus } from "../exchange/status";
import { spokenOf, thankedBy } from "./thanks";

const sides = { communityId: "fund", giverId: "g", receiverId: "r", reversedAt: null };
const codeOf = (work: () => unknown): string => {
  try {
    return String(work());
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("thankedBy", () => {
  it("returns the other side", () => {
    expect(thankedBy({ ...sides, status: "settled" }, "g")).toBe("r");
    expect(thankedBy({ ...sides, status: "settled" }, "r")).toBe("g");
  });

  it("refuses an exchange that is not settled", () => {
    const others: ExchangeStatus[] = [
      ...(["proposed", "agreed", "reported", "disputed"] as const),
      ...(["declined", "withdrawn", "cancelled", "expired"] as const),
    ];
    for (const status of others) {
      expect([status, codeOf(() => thankedBy({ ...sides, status }, "g"))]).toEqual([
        status,
        "notPossibleNow",
      ]);
    }
  });

  it("refuses the fund, of which a member may still speak to the coordinators", () => {
    const byFund = { ...sides, receiverId: "fund", status: "settled" as const };
    expect(codeOf(() => thankedBy(byFund, "g"))).toBe("notPossibleNow");
    expect(spokenOf(byFund, "g")).toBe("fund");
  });

  it("refuses a reversed exchange", () => {
    const reversed = { ...sides, status: "settled" as const, reversedAt: new Date() };
    expect(codeOf(() => thankedBy(reversed, "g"))).toBe("notPossibleNow");
  });

  it("refuses a member who is neither side, in any state", () => {
    for (const status of ["settled", "proposed"] as const) {
      expect(codeOf(() => thankedBy({ ...sides, status }, "x"))).toBe("notFound");
    }
  });
});
