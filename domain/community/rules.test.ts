import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hourParts, hoursWording, MAX_MINUTES, requireMinutes } from "../kernel/hours";
import { cleanLine, cleanText, lengthOf } from "../kernel/text";
import { listingState, sidesOf } from "../listing/listing";
import { canPromise, defaultRules, requireRules, slugOf } from "./community";

describe("amounts of minutes", () => {
  it("must be whole steps of the community's granularity, above zero and up to 1,000 hours", () => {
    for (const minutes of [15, 90, MAX_MINUTES])
      expect(() => requireMinutes(minutes, 15)).not.toThrow();
    for (const minutes of [0, -15, 1.5, MAX_MINUTES + 15, Number.NaN, 2 ** 53, Infinity]) {
      expect(() => requireMinutes(minutes, 15)).toThrow("minutesOutOfRange");
    }
    expect(() => requireMinutes(20, 15)).toThrow("minutesNotAStep");
  });

  it("are shown as hours and minutes that add up again", () => {
    fc.assert(
      fc.property(fc.integer({ min: -MAX_MINUTES, max: MAX_MINUTES }), (minutes) => {
        const parts = hourParts(minutes);
        expect(parts.sign * (parts.hours * 60 + parts.minutes) + 0).toBe(minutes);
        expect(parts.minutes).toBeLessThan(60);
      }),
    );
    expect([hoursWording(0), hoursWording(60), hoursWording(-90)]).toEqual([
      "minutes",
      "hours",
      "both",
    ]);
  });
});

describe("communities", () => {
  it("get a slug of plain letters that is not reserved", () => {
    expect(slugOf("Grünwinkel & Söhne")).toBe("grunwinkel-sohne");
    expect(slugOf("Settings")).toBe("settings-community");
    expect(slugOf("東京")).toBe("community");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        expect(slugOf(name)).toMatch(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])$/);
      }),
    );
  });

  it("cannot have rules that contradict each other", () => {
    expect(() => requireRules(defaultRules)).not.toThrow();
    expect(() => requireRules({ ...defaultRules, floor: 60 })).toThrow("floorAboveZero");
    expect(() => requireRules({ ...defaultRules, softFloor: -900 })).toThrow("floorAboveZero");
  });

  it("let a member promise the minutes above the floor that are not held", () => {
    expect(canPromise({ balance: -60, held: 90, floor: -600 })).toBe(450);
    expect(canPromise({ balance: -700, held: 0, floor: -600 })).toBe(0);
    expect(canPromise({ balance: 0, held: 0, floor: null })).toBeNull();
  });
});

describe("listings", () => {
  const now = new Date("2026-05-01T00:00:00Z");

  it("lapse when they expire", () => {
    expect(listingState({ status: "open", expiresAt: now }, now)).toBe("lapsed");
    expect(listingState({ status: "open", expiresAt: new Date(now.getTime() + 1) }, now)).toBe(
      "open",
    );
    expect(listingState({ status: "paused", expiresAt: now }, now)).toBe("paused");
  });

  it("make the member of an offer give and the member of a request receive", () => {
    expect(sidesOf({ kind: "offer", memberId: "a" }, "b")).toEqual({
      giverId: "a",
      receiverId: "b",
    });
    expect(sidesOf({ kind: "request", memberId: "a" }, "b")).toEqual({
      giverId: "b",
      receiverId: "a",
    });
  });
});

describe("cleaning text", () => {
  it("removes characters that nobody types on purpose and keeps every script and emoji", () => {
    expect(cleanLine("  Hello\u0000 \u202Eworld\u2066 \n again ")).toBe("Hello world again");
    expect(cleanText("a\r\nb\u0007\tc")).toBe("a\nb\tc");
    expect(cleanLine("👩‍👩‍👧 مرحبا नमस्ते")).toBe("👩‍👩‍👧 مرحبا नमस्ते");
    expect(cleanText("\uD800x\uDC00")).toBe("x");
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (raw) => {
        const clean = cleanText(raw);
        expect(cleanText(clean)).toBe(clean);
        expect(clean.isWellFormed()).toBe(true);
        expect(lengthOf(clean)).toBeLessThanOrEqual(clean.length);
      }),
    );
  });
});
