import { describe, expect, it } from "vitest";
import { reachOf, readyAddress } from "./reach";

const PUBLIC = "https://evenhour.example.org";

describe("reachOf", () => {
  it.each(["http://localhost:4430", "http://127.0.0.1:4430", "http://[::1]:4430"])(
    "says that only this computer can open links to %s",
    (plain) => {
      expect(reachOf(plain, "127.0.0.1") ?? "").toMatch(/Only this computer .* README/);
      expect(reachOf(plain, "0.0.0.0") ?? "").toMatch(/this computer only: set PUBLIC_URL/);
    },
  );

  it("is null when PUBLIC_URL is not a loopback address", () => {
    for (const host of ["127.0.0.1", "0.0.0.0"]) expect(reachOf(PUBLIC, host)).toBeNull();
  });
});

describe("readyAddress", () => {
  it("uses the host of PUBLIC_URL in a plain installation, and else HOST", () => {
    expect(readyAddress("http://localhost:4430", "127.0.0.1", 4430)).toBe("http://localhost:4430");
    expect(readyAddress("http://[::1]:4430", "127.0.0.1", 4430)).toBe("http://[::1]:4430");
    expect(readyAddress("http://localhost:4430", "::", 4430)).toBe("http://[::]:4430");
    expect(readyAddress(PUBLIC, "127.0.0.1", 4430)).toBe("http://127.0.0.1:4430");
  });
});
