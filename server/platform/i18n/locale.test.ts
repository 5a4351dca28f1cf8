import { describe, expect, it } from "vitest";
import type { Reader } from "../../../domain/kernel/region";
import { acceptedLanguage, localeFor, readerOf } from "./locale";

const request = (headers: Record<string, string>) => new Headers(headers);

describe("the reader's language", () => {
  it("is the device's cookie, else the user's setting, else the browser's preference", () => {
    const browser = { "accept-language": "es-ES,es;q=0.9" };
    const cookie = { cookie: "a=b; evenhour.language=ar" };
    expect(localeFor(request({ ...browser, ...cookie }), "en")).toBe("ar");
    expect(localeFor(request(browser), "ar")).toBe("ar");
    expect(localeFor(request(browser), null)).toBe("es");
    expect(localeFor(request({}), null)).toBe("en");
  });

  it("is English when the choices are not interface languages", () => {
    expect(localeFor(request({ cookie: "evenhour.language=xx" }), "yy")).toBe("en");
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

describe("the reader's region and time zone", () => {
  const berlin = { slug: "elm", region: null, timeZone: "Europe/Berlin" };
  const boston = { slug: "oak", region: "US", timeZone: "America/New_York" };
  const reader: Reader = { clock: null, firstDay: null, communities: [berlin, boston] };
  const actor = { language: "en", reader };
  const at = (community: string, own: typeof actor | null = actor) =>
    readerOf(request({ "x-evenhour-community": community, "accept-language": "en-US" }), own);

  it("are those of the page's community", () => {
    expect(at("elm")).toMatchObject({ timeZone: "Europe/Berlin" });
    expect(at("elm").tag).toMatch(/^en-DE-.*-hc-h23/);
    expect(at("oak")).toMatchObject({ timeZone: "America/New_York" });
    expect(at("oak").tag).toMatch(/^en-US-.*-hc-h12/);
  });

  it("are those of the user's first community on pages outside a community", () => {
    expect(at("settings").timeZone).toBe("Europe/Berlin");
    expect(at("settings").tag).toMatch(/^en-DE-/);
  });

  it("are never those of a community that the user does not belong to", () => {
    const stranger = { ...actor, reader: { ...actor.reader, communities: [] } };
    expect(at("oak", stranger).timeZone).toBe("UTC");
  });

  it("come from Accept-Language when nobody is signed in", () => {
    expect(at("elm", null).tag).toMatch(/^en-US-/);
    expect(readerOf(request({ "accept-language": "fr-FR,en;q=0.5" }), null).tag).toMatch(
      /^en-.*-hc-h23/,
    );
    expect(readerOf(request({}), null).tag).toMatch(/^en-001-/);
  });

  it("use the 12-hour clock that a member chose", () => {
    const own = { ...actor, reader: { ...actor.reader, clock: "h12" } };
    expect(at("elm", own).tag).toMatch(/^en-DE-.*-hc-h12/);
  });
});
