import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { reservedSlugs, slugOf } from "../community/community";
import {
  cacheDecision,
  classifyRequest,
  filesIn,
  isCacheablePage,
  isExpired,
  isFresh,
  languageOf,
  stampCachedAt,
} from "./offline";

const at = (address: string) => new URL(address, "https://evenhour.example.org");
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe("which page is kept", () => {
  it.each(["/elm-street", "/elm-street/account", "/x9"])("%s is", (path) => {
    expect(isCacheablePage(at(path))).toBe(true);
  });

  it.each([
    "/",
    "/communities",
    "/settings",
    "/sign-in",
    "/offline",
    "/worker.js",
    "/mailbox",
    "/elm-street/account/print",
    "/elm-street/account?year=2026",
    "/elm-street?x",
    "/Elm",
    "/elm-street/accounts/0198",
    "/elm-street/exchanges",
    "/elm-street/fund",
    "/api/account",
  ])("%s is not", (path) => {
    expect(isCacheablePage(at(path))).toBe(false);
  });

  it("never is one of the house's own, whichever are added", () => {
    const folders = ["app", "app/(welcome)", "public"].flatMap((folder) => readdirSync(folder));
    const own = folders.filter((name) => /^[a-z-]+$/.test(name));
    expect(own).toEqual(expect.arrayContaining(["settings", "icons"]));
    for (const name of own) expect(isCacheablePage(at(`/${name}`)), name).toBe(false);
  });

  it("is that of any community, whatever its name", () => {
    for (const name of ["Offline", "Elm Street", "حيّنا", ...reservedSlugs]) {
      expect(isCacheablePage(at(`/${slugOf(name)}`)), name).toBe(true);
    }
  });
});

describe("what the worker does with a request", () => {
  const care = (path: string, method = "GET", mode = "navigate") =>
    classifyRequest({ path, method, mode });

  it("has something in place of pages and built files", () => {
    expect(care("/")).toBe("page");
    expect(care("/elm-street/listings/0198")).toBe("page");
    expect(care("/_next/static/chunks/a.js", "GET", "no-cors")).toBe("file");
  });

  it("sees sessions begin and end, however", () => {
    expect(care("/api/auth/signout", "POST", "cors")).toBe("session");
    expect(care("/api/auth/callback/password", "POST", "cors")).toBe("session");
    expect(care("/api/auth/callback/oidc")).toBe("session");
  });

  it.each([
    "/api/trpc/home.get",
    "/api/calendar/abc.ics",
    "/api/photos/elm/0198/large",
    "/elm-street/account/statement.csv",
    "/elm-street/exchanges/0198/calendar",
    "/manifest.webmanifest",
    "/icons/icon-192.png",
  ])("leaves %s alone", (path) => {
    expect(care(path)).toBe("none");
  });

  it("leaves what is sent, and parts of pages, alone", () => {
    expect(care("/elm-street", "POST")).toBe("none");
    expect(care("/api/trpc/exchange.confirm", "POST", "cors")).toBe("none");
    expect(care("/elm-street", "GET", "cors")).toBe("none");
    expect(care("/_next/static/chunks/a.js", "POST", "cors")).toBe("none");
  });
});

describe("what an answer does to the kept copy", () => {
  const verdict = (status: number, contentType = "text/html; charset=utf-8", redirected = false) =>
    cacheDecision({ status, contentType, redirected });

  it("a page replaces it", () => expect(verdict(200)).toBe("keep"));

  it("a refusal, another address or another kind of thing ends it", () => {
    // A redirect that is not followed is shown to a worker with the status 0.
    for (const status of [0, 204, 206, 303, 401, 403, 404, 410]) {
      expect(verdict(status), String(status)).toBe("drop");
    }
    expect(verdict(200, "text/html", true)).toBe("drop");
    expect(verdict(200, "text/x-component")).toBe("drop");
    expect(cacheDecision({ status: 200, contentType: null, redirected: false })).toBe("drop");
  });

  it("trouble of the server says nothing about it", () => {
    for (const status of [500, 502, 503]) expect(verdict(status)).toBe("leave");
  });
});

describe("how long a page is kept", () => {
  it("is fourteen days", () => {
    expect(isExpired(0, 14 * DAY - 1)).toBe(false);
    expect(isExpired(0, 14 * DAY)).toBe(true);
  });

  it("is not at all when nobody knows since when", () => {
    expect(isExpired(Number.NaN, DAY)).toBe(true);
  });

  it("is asked for anew after three minutes, or in another language", () => {
    const kept = { at: 0, language: "es" };
    expect(isFresh(kept, "es", 3 * MINUTE - 1)).toBe(true);
    expect(isFresh(kept, "es", 3 * MINUTE)).toBe(false);
    expect(isFresh(kept, "ar", 1)).toBe(false);
    expect(isFresh({ at: 0, language: null }, "es", 1)).toBe(false);
    // One that a clock ahead of time has dated.
    expect(isFresh({ at: DAY, language: "es" }, "es", 1)).toBe(false);
  });
});

describe("a page as text", () => {
  const html = `<!DOCTYPE html><html lang="ar" dir="rtl"><link href="/_next/static/chunks/a~1.css"/>
    <script src="/_next/static/chunks/b-2.js"></script><script>["/_next/static/chunks/b-2.js\\"]"</script>`;

  it("names its files, each once", () => {
    expect(filesIn(html)).toEqual(["/_next/static/chunks/a~1.css", "/_next/static/chunks/b-2.js"]);
    expect(filesIn("<html>")).toEqual([]);
  });

  it("says its language", () => {
    expect(languageOf(html)).toBe("ar");
    expect(languageOf("<html>")).toBe("");
  });

  it("is marked once, at its root", () => {
    expect(stampCachedAt(`${html}<html`, 12)).toContain(`<html data-kept="12" lang="ar"`);
    expect(stampCachedAt(`${html}<html`, 12).match(/data-kept/g)).toHaveLength(1);
  });
});
