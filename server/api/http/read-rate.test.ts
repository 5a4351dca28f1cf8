import { describe, expect, it } from "vitest";
import { makeReadRate, type Reader } from "./read-rate";

/** The number of `count` requests that are refused. */
async function refused(rate: ReturnType<typeof makeReadRate>, count: number, reader: Reader) {
  let waits = 0;
  for (let index = 0; index < count; index += 1) if ((await rate(reader)) > 0) waits += 1;
  return waits;
}
const page = { kind: "page" as const, address: "10.0.0.1" };

describe("reading", () => {
  it("is limited for one session, without limiting others at the same address", async () => {
    const rate = makeReadRate(40);
    expect(await refused(rate, 10, { ...page, session: "one" })).toBe(0);
    expect(await refused(rate, 5, { ...page, session: "one" })).toBe(5);
    expect(await refused(rate, 10, { ...page, session: "other" })).toBe(0);
  });

  it("is limited for an address, even with made-up cookies", async () => {
    const rate = makeReadRate(40);
    let waits = 0;
    for (let index = 0; index < 60; index += 1) {
      if ((await rate({ ...page, session: `made up ${index}` })) > 0) waits += 1;
    }
    expect(waits).toBe(10);
    expect(await rate({ ...page, address: "10.0.0.2", session: undefined })).toBe(0);
  });

  it("is limited for an IPv6 network, across its addresses", async () => {
    const rate = makeReadRate(40);
    let waits = 0;
    for (let index = 0; index < 60; index += 1) {
      const address = `2001:db8:1:2::${index.toString(16)}`;
      if ((await rate({ ...page, address, session: undefined })) > 0) waits += 1;
    }
    expect(waits).toBe(50);
    expect(await rate({ ...page, address: "2001:db8:1:3::1", session: undefined })).toBe(0);
  });

  it("limits searches sooner than pages, and files later", async () => {
    const rate = makeReadRate(400);
    const person = { address: "10.0.0.1", session: "one" };
    expect(await refused(rate, 12, { ...person, kind: "search" })).toBe(2);
    expect(await refused(rate, 400, { ...person, kind: "file" })).toBe(0);
    expect(await refused(rate, 1, { ...person, kind: "file" })).toBe(1);
    expect(await rate({ ...person, kind: "page" })).toBe(0);
  });

  it("returns the seconds to wait, and has no limit at 0", async () => {
    const rate = makeReadRate(4);
    await rate({ ...page, session: undefined });
    const wait = await rate({ ...page, session: undefined });
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(15);
    expect(await refused(makeReadRate(0), 1000, { ...page, session: undefined })).toBe(0);
  });
});
