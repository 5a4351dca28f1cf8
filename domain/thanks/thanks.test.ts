/** Who may say something after an exchange, in which of its states. */
import { describe, expect, it } from "vitest";
import type { ExchangeStatus } from "../exchange/status";
import { thankedBy } from "./thanks";

const sides = { giverId: "g", receiverId: "r", reversedAt: null };
const codeOf = (work: () => unknown): string => {
  try {
    return String(work());
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe("words after an exchange", () => {
  it("go to the other side", () => {
    expect(thankedBy({ ...sides, status: "settled" }, "g")).toBe("r");
    expect(thankedBy({ ...sides, status: "settled" }, "r")).toBe("g");
  });

  it("are written when it is settled, and in no other state", () => {
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

  it("are not written about what was undone", () => {
    const undone = { ...sides, status: "settled" as const, reversedAt: new Date() };
    expect(codeOf(() => thankedBy(undone, "g"))).toBe("notPossibleNow");
  });

  it("are nobody else's, whatever its state", () => {
    for (const status of ["settled", "proposed"] as const) {
      expect(codeOf(() => thankedBy({ ...sides, status }, "x"))).toBe("notFound");
    }
  });
});
