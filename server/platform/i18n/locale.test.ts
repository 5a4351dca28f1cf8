import { describe, expect, it } from "vitest";
import type { Reader } from "../../../domain/kernel/region";
import { acceptedLanguage, localeFor, readerOf } from "./locale";

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

describe("how dates look", () => {
  const berlin = { slug: "elm", region: null, timeZone: "Europe/Berlin" };
  const boston = { slug: "oak", region: "US", timeZone: "America/New_York" };
  const reader: Reader = { clock: null, firstDay: null, communities: [berlin, boston] };
  const actor = { language: "en", reader };
  const at = (community: string, own: typeof actor | null = actor) =>
    readerOf(asking({ "x-evenhour-community": community, "accept-language": "en-US" }), own);

  it("is decided by the community that the page is of", () => {
    expect(at("elm")).toMatchObject({ timeZone: "Europe/Berlin" });
    expect(at("elm").tag).toMatch(/^en-DE-.*-hc-h23/);
    expect(at("oak")).toMatchObject({ timeZone: "America/New_York" });
    expect(at("oak").tag).toMatch(/^en-US-.*-hc-h12/);
  });

  it("is the first community's on pages of none, their days too", () => {
    expect(at("settings").timeZone).toBe("Europe/Berlin");
    expect(at("settings").tag).toMatch(/^en-DE-/);
  });

  it("is another community's for nobody", () => {
    const stranger = { ...actor, reader: { ...actor.reader, communities: [] } };
    expect(at("oak", stranger).timeZone).toBe("UTC");
  });

  it("is asked of the browser while nobody is signed in", () => {
    expect(at("elm", null).tag).toMatch(/^en-US-/);
    expect(readerOf(asking({ "accept-language": "fr-FR,en;q=0.5" }), null).tag).toMatch(
      /^en-.*-hc-h23/,
    );
    expect(readerOf(asking({}), null).tag).toMatch(/^en-001-/);
  });

  it("follows a member's own clock", () => {
    const own = { ...actor, reader: { ...actor.reader, clock: "h12" } };
    expect(at("elm", own).tag).toMatch(/^en-DE-.*-hc-h12/);
  });
});
