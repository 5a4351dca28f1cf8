import { describe, expect, it } from "vitest";
import { hadOutageSince, isOutage, recordOutage } from "./outage";

const withCode = (code: string) => Object.assign(new Error("x"), { code });

describe("isOutage", () => {
  it.each(["08006", "53100", "53300", "57014", "57P01", "57P03", "25006", "ECONNREFUSED"])(
    "is true for the code %s",
    (code) => expect(isOutage(withCode(code))).toBe(true),
  );

  it("is true for a connection timeout and for several addresses that do not answer", () => {
    expect(isOutage(new Error("timeout exceeded when trying to connect"))).toBe(true);
    expect(isOutage(new AggregateError([withCode("ECONNREFUSED")]))).toBe(true);
  });

  it("finds the cause within Prisma's errors", () => {
    const wrapped = {
      code: "P2010",
      meta: { driverAdapterError: { cause: { originalCode: "53100" } } },
    };
    expect(isOutage(Object.assign(new Error("Raw query failed"), wrapped))).toBe(true);
    expect(isOutage(withCode("P1001"))).toBe(true);
    expect(isOutage(withCode("P2002"))).toBe(false);
  });

  it.each(["23505", "42P01", "EH001", "22P02", "40P01"])("is false for the code %s", (code) =>
    expect(isOutage(withCode(code))).toBe(false),
  );
});

describe("hadOutageSince", () => {
  it("finds an outage after the given time, and no other error", () => {
    const before = performance.now();
    recordOutage(withCode("23505"));
    expect(hadOutageSince(before)).toBe(false);
    recordOutage(withCode("53100"));
    expect(hadOutageSince(before)).toBe(true);
    expect(hadOutageSince(performance.now() + 1)).toBe(false);
  });
});
