import { hostname } from "node:os";
import { describe, expect, it } from "vitest";
import { isOurHost, isOurOrigin } from "./hosts";

const PLAIN = "http://localhost:3000";
const PUBLIC = "https://evenhour.example.org";

describe("isOurHost", () => {
  it.each([
    "localhost",
    "localhost:3000",
    "LOCALHOST:3000",
    "localhost.:3000",
    "127.0.0.1:3000",
    "127.0.0.2",
    "[::1]:3000",
    "192.168.1.5:3000",
    "[fd00::5]:3000",
    `${hostname()}:3000`,
  ])("accepts %s in a plain installation", (host) => {
    expect(isOurHost(host, PLAIN)).toBe(true);
  });

  it.each([
    "evil.example",
    "evil.example:3000",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "evil@localhost",
    "localhost:3000@evil.example",
    "localhost/evil",
    "localhost evil",
    "",
    "localhost,evil.example",
    "localhost#",
    "local\u212Aost",
    "[::1",
    "localhost:x",
  ])("refuses %s in a plain installation", (host) => {
    expect(isOurHost(host, PLAIN)).toBe(false);
  });

  it("refuses a request without a Host header", () => {
    expect(isOurHost(undefined, PLAIN)).toBe(false);
  });

  it("accepts only the host of PUBLIC_URL and loopback addresses where PUBLIC_URL is set", () => {
    for (const host of ["evenhour.example.org", "evenhour.example.org:443", "127.0.0.1:3000"]) {
      expect([host, isOurHost(host, PUBLIC)]).toEqual([host, true]);
    }
    for (const host of ["evil.example", "192.168.1.5:3000", "www.evenhour.example.org"]) {
      expect([host, isOurHost(host, PUBLIC)]).toEqual([host, false]);
    }
  });
});

describe("isOurOrigin", () => {
  it("accepts only PUBLIC_URL where it is set", () => {
    expect(isOurOrigin(PUBLIC, "evenhour.example.org", PUBLIC)).toBe(true);
    // A reverse proxy that does not forward the Host header.
    expect(isOurOrigin(PUBLIC, "127.0.0.1:3000", PUBLIC)).toBe(true);
    expect(isOurOrigin(PUBLIC, "evil.example", PUBLIC)).toBe(false);
    expect(isOurOrigin("http://127.0.0.1:3000", "127.0.0.1:3000", PUBLIC)).toBe(false);
    expect(isOurOrigin("http://evenhour.example.org", "evenhour.example.org", PUBLIC)).toBe(false);
  });

  it("accepts the origin of the requested host in a plain installation", () => {
    for (const host of ["localhost:3000", "127.0.0.1:3000", "192.168.1.5:3000", "[::1]:3000"]) {
      expect([host, isOurOrigin(`http://${host}`, host, PLAIN)]).toEqual([host, true]);
    }
    expect(isOurOrigin("http://evil.example", "evil.example", PLAIN)).toBe(false);
    expect(isOurOrigin("http://localhost:1", "localhost:3000", PLAIN)).toBe(false);
    expect(isOurOrigin("null", "localhost:3000", PLAIN)).toBe(false);
    expect(isOurOrigin(null, "localhost:3000", PLAIN)).toBe(false);
  });
});
