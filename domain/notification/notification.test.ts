import { expect, it } from "vitest";
import { exchangeEventKinds } from "../exchange/transitions";
import { exchangeAudience, notificationKinds, sidesToNotify } from "./notification";

it("has an audience for every event of an exchange", () => {
  expect(Object.keys(exchangeAudience).sort()).toEqual([...exchangeEventKinds].sort());
  for (const { sides } of Object.values(exchangeAudience)) {
    expect(notificationKinds).toContain(sides);
  }
});

it("notifies coordinators of what waits for their decision, and of nothing else", () => {
  const decisions = exchangeEventKinds.filter((kind) => exchangeAudience[kind].coordinators);
  expect(decisions).toEqual(["disputed", "escalated"]);
});

it("notifies the other side when a side acted, and both when a coordinator or time did", () => {
  const exchange = { giverId: "rosa", receiverId: "karim" };
  expect(sidesToNotify(exchange, "rosa")).toEqual(["karim"]);
  expect(sidesToNotify(exchange, "karim")).toEqual(["rosa"]);
  expect(sidesToNotify(exchange, "carla")).toEqual(["rosa", "karim"]);
  expect(sidesToNotify(exchange, null)).toEqual(["rosa", "karim"]);
});
