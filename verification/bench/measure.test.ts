import { describe, expect, it } from "vitest";
import {
  byClients,
  type Contender,
  interleave,
  median,
  quantile,
  ratesOf,
  ratios,
  spreadOf,
  turned,
} from "./measure";
import { scriptsIn } from "./page-weight";
import { planOf } from "./plans";
import { goal, goalLine, tableOf } from "./report";

describe("measuring", () => {
  it("computes the median and quantiles", () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(quantile([0, 10, 20, 30, 40], 0.95)).toBeCloseTo(38);
    expect(median([])).toBeNaN();
    expect(spreadOf([5, 1, 3])).toEqual({ median: 3, least: 1, most: 5 });
  });

  it("compares the samples of the same round", () => {
    expect(ratios([10, 30], [20, 10])).toEqual([0.5, 3]);
    expect(ratios([1, 2, 3], [1, 2])).toEqual([1, 1]);
  });

  it("gives each contender one slice per round in rotating order, after a warm-up round", async () => {
    const order: string[] = [];
    const contender = (name: string, operations: number): Contender => ({
      name,
      prepare: async (wanted) => void order.push(`${name} ${wanted}`),
      slice: async () => ({ operations, seconds: 2, latencies: [] }),
    });
    const contenders = [contender("a", 10), contender("b", 20)];
    const samples = await interleave(contenders, { rounds: 2, seconds: 2, say: () => undefined });
    // The number to prepare follows from the fastest slice so far.
    expect(order).toEqual(["a 400", "b 400", "b 80", "a 65", "a 65", "b 80"]);
    expect(ratesOf(samples, "a")).toEqual([5, 5]);
    expect(ratesOf(samples, "b")).toEqual([10, 10]);
    expect(turned([1, 2, 3], 4)).toEqual([2, 3, 1]);
  });

  it("ends a slice when there is no work left", async () => {
    let left = 5;
    const sample = await byClients(2, 60, async () => {
      left -= 1;
      return left >= 0;
    });
    expect(sample.operations).toBe(5);
    expect(sample.latencies).toHaveLength(5);
  });
});

describe("the report", () => {
  it("aligns columns and shows missing values as a dash", () => {
    const table = tableOf([
      { name: "a", rate: 1234.4 },
      { name: "bb", rate: Number.NaN, kB: 0.5 },
    ]);
    expect(table.split("\n")).toEqual(["     rate    kB", "a   1,234     –", "bb      –  0.50"]);
  });

  it("judges a goal by its median, and prints the range", () => {
    const half = goal("one : other", [0.6, 0.2, 0.5], { least: 0.5 });
    expect(half.met).toBe(true);
    expect(goalLine(half)).toBe("met    one : other: 0.50 (0.20–0.60), wanted ≥ 0.5");
    expect(goal("cost", [1.3], { most: 1.3 }).met).toBe(true);
    expect(goal("start", [5], { below: 5 }).met).toBe(false);
    expect(goal("nothing", [], { least: 0 }).met).toBe(false);
  });
});

describe("what is read", () => {
  it("finds all scripts of a page, except those for old browsers", () => {
    const html = `<link rel="preload" as="script" href="/_next/static/chunks/a.js"/>
      <script src="/_next/static/chunks/a.js" async=""></script>
      <script noModule="" src="/_next/static/chunks/old.js"></script>
      <script>self.__next_f.push([1,"[\\"/_next/static/chunks/b.js\\",\\"static/chunks/c.js\\"]"])</script>`;
    expect(scriptsIn(html)).toEqual(
      ["a", "b", "c"].map((name) => `/_next/static/chunks/${name}.js`),
    );
  });

  it("reads only the plans that auto_explain logged", () => {
    const entry = [
      "2026-11-25 05:00:00.000 UTC [1] LOG:  duration: 0.250 ms  plan:",
      "\tQuery Text: SELECT 1",
      "\t  FROM account",
      "\tNested Loop  (cost=0.1..2.3 rows=1 width=4) (actual time=0.1..0.2 rows=51.00 loops=1)",
      "\t  Buffers: shared hit=7 read=2",
      "\t  ->  Index Scan Backward using account_pkey on account  (cost=0.1..2.3 rows=1 width=4)",
      "\t        Buffers: shared hit=3",
      "\t  ->  Seq Scan on member  (cost=0.1..2.3 rows=1 width=4)",
    ].join("\n");
    expect(planOf(entry)).toMatchObject({
      query: "SELECT 1 FROM account",
      access: ["account_pkey", "SEQ SCAN member"],
      rows: 51,
      buffers: 9,
      milliseconds: 0.25,
    });
    expect(planOf("2026-11-25 05:00:00.000 UTC [1] LOG:  checkpoint starting")).toBeNull();
  });
});
