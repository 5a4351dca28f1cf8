import { describe, expect, it } from "vitest";
import { networkOf } from "./network";

describe("a network", () => {
  it("is an IPv4 address, or the /64 of an IPv6 address", () => {
    for (const [address, network] of [
      ["203.0.113.9", "203.0.113.9"],
      ["::ffff:203.0.113.9", "203.0.113.9"],
      ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
      ["2001:0DB8:0001:0002::1", "2001:db8:1:2"],
      ["2001:db8::1", "2001:db8:0:0"],
      ["::1", "0:0:0:0"],
      ["fe80::1%eth0", "fe80:0:0:0"],
      ["unknown", "unknown"],
    ] as const) {
      expect(networkOf(address)).toBe(network);
    }
  });
});
