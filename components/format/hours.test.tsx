import { createTranslator } from "use-intl/core";
import { describe, expect, it } from "vitest";
import { isolating } from "@/domain/kernel/direction";
import { directionOf } from "@/domain/kernel/languages";
import { type Locale, messagesOf } from "@/server/platform/i18n/messages";
import { hoursText } from "./hours";

const written = (locale: Locale, minutes: number, signed = false) => {
  const t = createTranslator({ locale, messages: messagesOf(locale), namespace: "ui" });
  return hoursText(isolating(t, directionOf(locale)), minutes, signed);
};
const RLM = "\u200F";
const LRM = "\u200E";

describe("hours in words", () => {
  it.each([
    ["en", -90, "−1 h 30 min"],
    ["en", -45, "−45 min"],
    ["es", -120, "−2 h"],
    ["es", 0, "0 min"],
  ] as const)("%s: %d minutes", (locale, minutes, words) =>
    expect(written(locale, minutes)).toBe(words),
  );

  it("have a plus where a sum is changed by them", () => {
    expect([written("en", 60, true), written("en", 0, true)]).toEqual(["+1 h", "0 min"]);
  });

  it("have their sign to the left of the number in Arabic too, as CLDR has it", () => {
    // The first mark keeps the unit where it is without a sign; the second draws sign and number together.
    expect(written("ar", -90)).toBe(`${RLM}${LRM}−1 س 30 د`);
    expect(written("ar", 60, true)).toBe(`${RLM}${LRM}+1 س`);
    expect(written("ar", 60)).toBe("1 س");
  });
});
