/**
 * The headers of every answer. They are set here, in front of Next, since a proxy.ts of Next's own
 * costs a third of a small page (docs/decisions/015-speed-of-pages.md). Nothing is authorised here: each page and
 * procedure asks for itself who may see it.
 */
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** Where photos go in and out: server/api/http/photos.ts. */
export const PHOTOS = "/api/photos/";
const ONE_PHOTO = /^\/api\/photos\/[a-z0-9-]+\/[0-9a-f-]{36}\/(large|square)$/;

/** Files whose name changes with what is in them; Next says how long they may be kept. */
const BUILT = "/_next/static/";

/** What answers with data or a file: no browser shows it as a page. */
const NO_PAGE =
  /^\/(api|_next)\/|^[^?]*(\/account\/statement\.csv|\/exchanges\/[^/?]+\/calendar)(\?|$)/;

/** For whatever is answered, whoever answers it. */
export function guard(response: ServerResponse, url = ""): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "same-origin");
  response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
  response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)");
  // Nobody can change what is set already, and these say themselves how long they may be kept.
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

/** For pages: what they may load, with a new nonce each time, which Next puts on its own scripts. */
export function guardPage({ headers, url = "" }: IncomingMessage, response: ServerResponse): void {
  // Next would take a nonce that a client made up for ours.
  delete headers["content-security-policy-report-only"];
  delete headers["content-security-policy"];
  if (NO_PAGE.test(url)) return;
  const policy = pagePolicy(Buffer.from(randomUUID()).toString("base64"));
  headers["content-security-policy"] = policy;
  response.setHeader("Content-Security-Policy", policy);
}

function pagePolicy(nonce: string): string {
  const isDev = process.env.NODE_ENV === "development";
  // The map's pictures; server/platform/env.ts has checked the address.
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
