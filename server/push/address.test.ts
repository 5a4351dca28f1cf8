import { describe, expect, it } from "vitest";
import { AddressRefused, guardedLookup, isPublicAddress } from "./address";

describe("isPublicAddress", () => {
  it.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "223.255.255.255", "2a00:1450:4001::1"])(
    "accepts %s",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::a00:1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "localhost",
    "",
  ])("refuses %s", (address) => expect(isPublicAddress(address)).toBe(false));
});

describe("guardedLookup", () => {
  const find = (isAllowed: (address: string) => boolean, all: boolean) =>
    new Promise((done) =>
      guardedLookup(isAllowed)("localhost", { all }, (error, found) => done(error ?? found)),
    );

  it("finds no address that is not allowed", async () => {
    expect(await find(isPublicAddress, true)).toBeInstanceOf(AddressRefused);
    expect(await find(isPublicAddress, false)).toBeInstanceOf(AddressRefused);
  });

  it("finds allowed ones, in both forms that Node asks for", async () => {
    expect(await find(() => true, false)).toMatch(/^(127\.0\.0\.1|::1)$/);
    expect(await find(() => true, true)).toContainEqual(
      expect.objectContaining({ address: expect.stringMatching(/^(127\.0\.0\.1|::1)$/) }),
    );
  });
});
