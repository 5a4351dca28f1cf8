import { describe, expect, it } from "vitest";
import { type ExchangeSide, memberOf, sideName, sideText } from "./sides";

const names = (key: "coordinator" | "fund", values?: { name: string }) =>
  key === "fund" ? "Community fund" : `${values?.name} (coordinator)`;

const fund = { kind: "fund", id: "community" } as const;
const ana = { kind: "member", id: "a", displayName: "Ana", role: "member" } as const;
const dora = { kind: "member", id: "d", displayName: "Dora", role: "coordinator" } as const;

describe("a side of an exchange", () => {
  it.each<[string, ExchangeSide, text: string, name: string]>([
    ["a member", ana, "Ana", "Ana"],
    ["a coordinator", dora, "Dora (coordinator)", "Dora"],
    ["the fund", fund, "Community fund", "Community fund"],
  ])("has the name of %s", (_, side, text, name) => {
    expect([sideText(names, side), sideName(names, side)]).toEqual([text, name]);
  });

  it("is a member, or nobody for the fund", () => {
    expect(memberOf(ana)).toBe(ana);
    expect(memberOf<{ displayName: string; role: "member"; id: string }>(fund)).toBeNull();
  });
});
