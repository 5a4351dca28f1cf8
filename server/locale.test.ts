import { describe, expect, it } from "vitest";
import { acceptedLanguage, localeFor } from "./locale";

const asking = (headers: Record<string, string>) => new Headers(headers);

describe("in which language somebody is spoken to", () => {
  it("is what they chose on this device, else in their settings, else what the browser asks for", () => {
    const browser = { "accept-language": "es-ES,es;q=0.9" };
    const cookie = { cookie: "a=b; evenhour.language=ar" };
    expect(localeFor(asking({ ...browser, ...cookie }), "en")).toBe("ar");
    expect(localeFor(asking(browser), "ar")).toBe("ar");
    expect(localeFor(asking(browser), null)).toBe("es");
    expect(localeFor(asking({}), null)).toBe("en");
  });

  it("is never one that nobody speaks here", () => {
    expect(localeFor(asking({ cookie: "evenhour.language=xx" }), "yy")).toBe("en");
  });

  it("follows the browser's order and weights", () => {
    expect(acceptedLanguage("fr, ar;q=0.4, es;q=0.8")).toBe("es");
    expect(acceptedLanguage("de, fr")).toBeUndefined();
    expect(acceptedLanguage("es;q=0, ar;q=0.1")).toBe("ar");
    expect(acceptedLanguage(`${"x,".repeat(10_000)}es`)).toBeUndefined();
    expect(acceptedLanguage("AR-EG")).toBe("ar");
    expect(acceptedLanguage(null)).toBeUndefined();
  });
});
