import { expect, it } from "vitest";
import { clientAddress } from "./auth";

it("identifies a client by its network, which for IPv6 is the /64", () => {
  const from = (address: string) => clientAddress(new Headers({ "x-evenhour-address": address }));
  expect(from("203.0.113.9")).toBe("203.0.113.9");
  expect(from("2001:db8:1:2::7")).toBe(from("2001:db8:1:2:ffff::9"));
  expect(from("2001:db8:1:2::7")).not.toBe(from("2001:db8:1:3::7"));
});
