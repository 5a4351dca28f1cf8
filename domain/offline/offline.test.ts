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

describe("isCacheablePage", () => {
  it.each(["/elm-street", "/elm-street/account", "/x9"])("accepts %s", (path) => {
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
  ])("refuses %s", (path) => {
    expect(isCacheablePage(at(path))).toBe(false);
  });

  it("refuses every page and folder outside a community, also those added later", () => {
    const folders = ["app", "app/(welcome)", "public"].flatMap((folder) => readdirSync(folder));
    const own = folders.filter((name) => /^[a-z-]+$/.test(name));
    expect(own).toEqual(expect.arrayContaining(["settings", "icons"]));
    for (const name of own) expect(isCacheablePage(at(`/${name}`)), name).toBe(false);
  });

  it("accepts the home of a community of any name", () => {
    for (const name of ["Offline", "Elm Street", "حيّنا", ...reservedSlugs]) {
      expect(isCacheablePage(at(`/${slugOf(name)}`)), name).toBe(true);
    }
  });
});

describe("classifyRequest", () => {
  const kindOf = (path: string, method = "GET", mode = "navigate") =>
    classifyRequest({ path, method, mode });

  it("recognises pages and files of the build", () => {
    expect(kindOf("/")).toBe("page");
    expect(kindOf("/elm-street/listings/0198")).toBe("page");
    expect(kindOf("/_next/static/chunks/a.js", "GET", "no-cors")).toBe("file");
  });

  it("recognises every request that begins or ends a session", () => {
    expect(kindOf("/api/auth/signout", "POST", "cors")).toBe("session");
    expect(kindOf("/api/auth/callback/password", "POST", "cors")).toBe("session");
    expect(kindOf("/api/auth/callback/oidc")).toBe("session");
  });

  it.each([
    "/api/trpc/home.get",
    "/api/calendar/abc.ics",
    "/api/photos/elm/0198/large",
    "/elm-street/account/statement.csv",
    "/elm-street/exchanges/0198/calendar",
    "/manifest.webmanifest",
    "/icons/icon-192.png",
  ])("does not handle %s", (path) => {
    expect(kindOf(path)).toBe("none");
  });

  it("handles neither requests that write nor partial page loads", () => {
    expect(kindOf("/elm-street", "POST")).toBe("none");
    expect(kindOf("/api/trpc/exchange.confirm", "POST", "cors")).toBe("none");
    expect(kindOf("/elm-street", "GET", "cors")).toBe("none");
    expect(kindOf("/_next/static/chunks/a.js", "POST", "cors")).toBe("none");
  });
});

describe("cacheDecision", () => {
  const decision = (status: number, contentType = "text/html; charset=utf-8", redirected = false) =>
    cacheDecision({ status, contentType, redirected });

  it("stores a page", () => expect(decision(200)).toBe("keep"));

  it("deletes the copy after a client error, a redirect or another content type", () => {
    // A worker sees a redirect that it does not follow as status 0.
    for (const status of [0, 204, 206, 303, 401, 403, 404, 410]) {
      expect(decision(status), String(status)).toBe("drop");
    }
    expect(decision(200, "text/html", true)).toBe("drop");
    expect(decision(200, "text/x-component")).toBe("drop");
    expect(cacheDecision({ status: 200, contentType: null, redirected: false })).toBe("drop");
  });

  it("leaves the copy alone after a server error", () => {
    for (const status of [500, 502, 503]) expect(decision(status)).toBe("leave");
  });
});

describe("the age of a cached page", () => {
  it("is at most fourteen days", () => {
    expect(isExpired(0, 14 * DAY - 1)).toBe(false);
    expect(isExpired(0, 14 * DAY)).toBe(true);
  });

  it("counts as expired when it is unknown", () => {
    expect(isExpired(Number.NaN, DAY)).toBe(true);
  });

  it("counts as fresh for three minutes, and in the same language only", () => {
    const cached = { at: 0, language: "es" };
    expect(isFresh(cached, "es", 3 * MINUTE - 1)).toBe(true);
    expect(isFresh(cached, "es", 3 * MINUTE)).toBe(false);
    expect(isFresh(cached, "ar", 1)).toBe(false);
    expect(isFresh({ at: 0, language: null }, "es", 1)).toBe(false);
    // Dated by a clock that was ahead.
    expect(isFresh({ at: DAY, language: "es" }, "es", 1)).toBe(false);
  });
});

describe("the HTML of a page", () => {
  const html = `<!DOCTYPE html><html lang="ar" dir="rtl"><link href="/_next/static/chunks/a~1.css"/>
    <script src="/_next/static/chunks/b-2.js"></script><script>["/_next/static/chunks/b-2.js\\"]"</script>`;

  it("yields the files of the build that it names, each once", () => {
    expect(filesIn(html)).toEqual(["/_next/static/chunks/a~1.css", "/_next/static/chunks/b-2.js"]);
    expect(filesIn("<html>")).toEqual([]);
  });

  it("yields its language", () => {
    expect(languageOf(html)).toBe("ar");
    expect(languageOf("<html>")).toBe("");
  });

  it("is stamped once, at its root element", () => {
    expect(stampCachedAt(`${html}<html`, 12)).toContain(`<html data-cached-at="12" lang="ar"`);
    expect(stampCachedAt(`${html}<html`, 12).match(/data-cached-at/g)).toHaveLength(1);
  });
});
