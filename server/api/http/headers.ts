/**
 * The headers of every response. They are set here, in front of Next, since a proxy.ts of Next
 * takes a third of the time of a small page (docs/decisions/015-speed-of-pages.md). Nothing is
 * authorised here: each page and procedure does so itself.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** The photo endpoints: server/api/http/photos.ts. */
export const PHOTOS = "/api/photos/";
const ONE_PHOTO = /^\/api\/photos\/[a-z0-9-]+\/[0-9a-f-]{36}\/(large|square)$/;

/** Files whose name changes with their content; Next sets how long they may be cached. */
const BUILT = "/_next/static/";

/** Endpoints that answer with data or a file instead of a page. */
const NO_PAGE =
  /^\/(api|_next)\/|^[^?]*(\/account\/statement\.csv|\/exchanges\/[^/?]+\/calendar)(\?|$)/;

/** Sets the headers of every response, whichever part of the application answers. */
export function guard(response: ServerResponse, url = ""): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)");
  // Once set it cannot be changed later, and photos and built files set it themselves.
  if (!ONE_PHOTO.test(url) && !url.startsWith(BUILT))
    response.setHeader("Cache-Control", "no-store");
  response.setHeader(
    "Content-Security-Policy",
    `default-src 'none'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'${url.startsWith(PHOTOS) ? "; sandbox" : ""}`,
  );
  if ((process.env.NEXTAUTH_URL ?? "").startsWith("https:")) {
    response.setHeader("Strict-Transport-Security", "max-age=31536000");
  }
}

/** Sets the content security policy of a page, with a new nonce that Next puts on its scripts. */
export function guardPage({ headers, url = "" }: IncomingMessage, response: ServerResponse): void {
  // Next would accept a nonce that the client sent.
  delete headers["content-security-policy-report-only"];
  delete headers["content-security-policy"];
  if (NO_PAGE.test(url)) return;
  const policy = pagePolicy(Buffer.from(randomUUID()).toString("base64"));
  headers["content-security-policy"] = policy;
  response.setHeader("Content-Security-Policy", policy);
}

function pagePolicy(nonce: string): string {
  const isDev = process.env.NODE_ENV === "development";
  // The map's tiles; server/platform/env.ts validates the URL.
  const tiles = process.env.EVENHOUR_MAP_TILES;
  return [
    "default-src 'self'",
    // React's development build evaluates code to rebuild stacks.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data:${tiles ? ` ${new URL(tiles).origin}` : ""}`,
    "font-src 'self'",
    "worker-src 'self'",
    `connect-src 'self'${isDev ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
