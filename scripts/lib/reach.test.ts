import { describe, expect, it } from "vitest";
import { reachOf, readyAddress } from "./reach";

const PUBLIC = "https://evenhour.example.org";

describe("what the start says of its address", () => {
  it.each(["http://localhost:4430", "http://127.0.0.1:4430", "http://[::1]:4430"])(
    "is that only this computer opens its links: %s",
    (plain) => {
      expect(reachOf(plain, "127.0.0.1") ?? "").toMatch(/Only this computer .* README/);
      expect(reachOf(plain, "0.0.0.0") ?? "").toMatch(/this computer only: set PUBLIC_URL/);
    },
  );

  it("is nothing of that where neighbours have an address to type", () => {
    for (const host of ["127.0.0.1", "0.0.0.0"]) expect(reachOf(PUBLIC, host)).toBeNull();
  });

  it("has the name that links have, where it is open to this computer only", () => {
    expect(readyAddress("http://localhost:4430", "127.0.0.1", 4430)).toBe("http://localhost:4430");
    expect(readyAddress("http://[::1]:4430", "127.0.0.1", 4430)).toBe("http://[::1]:4430");
    expect(readyAddress("http://localhost:4430", "::", 4430)).toBe("http://[::]:4430");
    expect(readyAddress(PUBLIC, "127.0.0.1", 4430)).toBe("http://127.0.0.1:4430");
  });
});
