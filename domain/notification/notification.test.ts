import { expect, it } from "vitest";
import { exchangeEventKinds } from "../exchange/transitions";
import { exchangeAudience, notificationKinds, sidesToTell } from "./notification";

it("tells somebody of every event of an exchange", () => {
  expect(Object.keys(exchangeAudience).sort()).toEqual([...exchangeEventKinds].sort());
  for (const { sides } of Object.values(exchangeAudience)) {
    expect(notificationKinds).toContain(sides);
  }
});

it("tells coordinators of what waits for their decision, and of nothing else", () => {
  const told = exchangeEventKinds.filter((kind) => exchangeAudience[kind].coordinators);
  expect(told).toEqual(["disputed", "escalated"]);
});

it("tells the other side when a side acted, and both when a coordinator or time did", () => {
  const exchange = { giverId: "rosa", receiverId: "karim" };
  expect(sidesToTell(exchange, "rosa")).toEqual(["karim"]);
  expect(sidesToTell(exchange, "karim")).toEqual(["rosa"]);
  expect(sidesToTell(exchange, "carla")).toEqual(["rosa", "karim"]);
  expect(sidesToTell(exchange, null)).toEqual(["rosa", "karim"]);
});
