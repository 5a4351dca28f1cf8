import { describe, expect, it } from "vitest";
import { makeCommunity } from "./community";
import { measure, spreadOf } from "./measures";
import { fairRule, firstCome, type Rule, unfair } from "./rules";
import { simulateYear } from "./year";

const seeds = [1, 2, 3];
const small = { members: 60, days: 60 };

const years = (rule: Rule) =>
  seeds.map((seed) => measure(simulateYear(makeCommunity(seed, small), rule, seed)));
const meanOf = (rule: Rule, key: "met" | "busiest") =>
  spreadOf(years(rule).map((year) => year[key])).mean;

/**
 * The goal of the rule: the busiest tenth gives at least 12 percentage points less of all hours than
 * under first come, and no more than 2 percentage points fewer requests are met.
 */
const isFairer = (rule: Rule): boolean =>
  meanOf(rule, "busiest") < meanOf(firstCome, "busiest") - 0.12 &&
  meanOf(rule, "met") > meanOf(firstCome, "met") - 0.02;

describe("a simulated year", () => {
  it("gives the same year for the same seed, and another for another seed", () => {
    const [one, again] = [years(fairRule()), years(fairRule())];
    expect(again).toEqual(one);
    expect(one[1]).not.toEqual(one[0]);
  });

  it("conserves hours: all balances sum to zero, and none is below the floor", () => {
    for (const rule of [fairRule(), firstCome]) {
      const { people } = simulateYear(makeCommunity(4, small), rule, 4);
      expect(people.reduce((sum, { balance }) => sum + balance, 0)).toBe(0);
      expect(Math.min(...people.map(({ balance }) => balance))).toBeGreaterThanOrEqual(-600);
    }
  });

  it("lets the busiest tenth give less under our rule, without meeting fewer requests", () => {
    expect(isFairer(fairRule())).toBe(true);
  });

  it("misses the goal with fit alone, which shows that the goal tests fairness", () => {
    expect(isFairer(fairRule(unfair))).toBe(false);
  });
});
