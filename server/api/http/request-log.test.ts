import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { newId, newToken } from "../../platform/tokens";
import { routeOf } from "./request-log";

/** The routes of app/, without Next's groups. */
const routes = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|[\\/])(page\.tsx|route\.ts)$/.test(file))
  .map((file) => `/${dirname(file).replaceAll("\\", "/")}`.replace("/(welcome)", ""));

it.each(routes.filter((route) => route.startsWith("/[community]")))(
  "names the route %s without the community, ids and the query",
  (route) => {
    const url = route.replace("[community]", "elm-street").replace("[id]", newId());
    expect(routeOf(`${url}?words=secret`)).toBe(route);
  },
);

it.each(routes.filter((route) => !route.startsWith("/[community]")))(
  "names the route %s, and no token",
  (route) => {
    const token = newToken();
    const url = route
      .replace("[...nextauth]", "session")
      .replace("[trpc]", "exchange.agreeSeries,home.get")
      .replace("[language]", "es")
      .replace("[community]", "elm-street")
      .replace("[size]", "large")
      .replace("[id]", newId())
      .replace(/\[+(\.\.\.)?token\]+/, token);
    const logged = routeOf(url);
    expect(logged).not.toContain(token);
    expect(logged).not.toContain("elm-street");
    const fixed = route.split("/").filter((segment) => segment && !segment.startsWith("["));
    expect(logged).toContain(`/${fixed.join("/")}`);
  },
);

it("names no other part of a URL that has no route", () => {
  for (const url of ["/elm/Ada%20Lovelace", `/x/${newToken()}`, "/wp-admin.php/1"]) {
    expect(routeOf(url)).toMatch(/^\/\[community\]\/\[id\]$/);
  }
});
