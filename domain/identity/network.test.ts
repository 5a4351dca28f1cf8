import { describe, expect, it } from "vitest";
import { networkOf } from "./network";

describe("networkOf", () => {
  it.each([
    ["203.0.113.9", "203.0.113.9"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["::FFFF:cb00:7109", "203.0.113.9"],
    ["0:0:0:0:0:ffff:203.0.113.9", "203.0.113.9"],
    ["64:ff9b::203.0.113.9", "203.0.113.9"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::1", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:ffff::", "2001:db8:1:2::/64"],
    ["[2001:db8:1:2::1]", "2001:db8:1:2::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("maps %s to %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it("gives every address of one /64 the same network, and the next /64 another", () => {
    const all = Array.from({ length: 110 }, (_, last) => networkOf(`2001:db8:1:2::${last}`));
    expect(new Set(all).size).toBe(1);
    expect(networkOf("2001:db8:1:3::1")).not.toBe(all[0]);
  });

  it.each(["unknown", "", "1::2::3", "2001:db8", ":::", "12345::", "2001:db8:g::1"])(
    "leaves %j unchanged, since it is not an address",
    (text) => {
      expect(networkOf(text)).toBe(text);
    },
  );
});
