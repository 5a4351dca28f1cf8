/** At EVENHOUR_LOG_LEVEL=debug, one line for each request. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { isLogged, log } from "../../platform/log";

/** The first segment of every URL that is not a page of a community. */
const PLACES = new Set(
  "_next api communities icons join language link mailbox offline settings setup sign-in sign-up unsubscribe".split(
    " ",
  ),
);
/** A segment that the routes name. An id, a token or a name has other characters, or is no such word. */
const WORD = /^[a-z]{1,20}([-._][a-z]{1,20}){0,3}$/;
/** Procedures are named in the URL, several of them in a batch. */
const PROCEDURES = /^\/api\/trpc\/[A-Za-z.,]{1,200}$/;
/** Routes of which everything after the first segments is a secret. */
const SECRET = /^\/(setup|join|link|unsubscribe|settings\/email|api\/calendar|api\/unsubscribe)\//;
const PHOTOS = /^(\/api\/photos\/)[^/]+/;

const isWord = (segment: string) => WORD.test(segment) || segment === "[community]";

/** The route of a URL, without query, ids, tokens and the name of the community. */
export function routeOf(url: string): string {
  const path = url.split("?", 1)[0] ?? "";
  if (path === "/" || path === "*" || PROCEDURES.test(path)) return path;
  const secret = SECRET.exec(path);
  if (secret) return `/${secret[1]}/[token]`;
  const [first = "", ...rest] = path.replace(PHOTOS, "$1[community]").split("/").slice(1);
  const isPlace = PLACES.has(first) || (rest.length === 0 && first.includes("."));
  const start = isPlace ? first : "[community]";
  return `/${[start, ...rest.map((each) => (isWord(each) ? each : "[id]"))].join("/")}`;
}

/** Logs the request once it is answered, or its connection is closed. */
export function logRequest({ method = "", url = "" }: IncomingMessage, response: ServerResponse) {
  if (!isLogged("debug")) return;
  const began = performance.now();
  response.once("close", () => {
    const ms = Math.round(performance.now() - began);
    const { statusCode: status } = response;
    const route = routeOf(url);
    log.debug("request", `${method} ${route} ${status} in ${ms} ms`, { method, route, status, ms });
  });
}
