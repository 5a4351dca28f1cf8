import { type NextRequest, NextResponse } from "next/server";

/** Answers and files, which need nothing: the web server's policy stands (scripts/web.ts). */
const NO_PAGE = /^\/api\/|\/account\/statement\.csv$|\/exchanges\/[^/]+\/calendar$/;

/**
 * Headers for every page, with a new nonce each time. Nothing is authorised here: each page and
 * procedure asks for itself who may see it.
 */
export function proxy(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const isDev = process.env.NODE_ENV === "development";
  const policy = [
    "default-src 'self'",
    // React's development build evaluates code to rebuild stacks.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${isDev ? " ws:" : ""}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  const headers = new Headers(request.headers);
  // Next reads the nonce from here and puts it on its own scripts.
  headers.set("Content-Security-Policy", policy);
  const response = NextResponse.next({ request: { headers } });
  if (!NO_PAGE.test(request.nextUrl.pathname)) {
    response.headers.set("Content-Security-Policy", policy);
  }
  response.headers.set("X-Content-Type-Options", "nosniff");
  response.headers.set("Referrer-Policy", "same-origin");
  response.headers.set("Permissions-Policy", "camera=(), microphone=(), geolocation=(self)");
  response.headers.set("Cross-Origin-Opener-Policy", "same-origin");
  if ((process.env.NEXTAUTH_URL ?? "").startsWith("https:")) {
    response.headers.set("Strict-Transport-Security", "max-age=31536000");
  }
  return response;
}

export const config = {
  // Photos have headers of their own (server/photos.ts). Next hands on no more than 10 MB of what has
  // passed through here.
  matcher: [{ source: "/((?!_next/static|_next/image|icon.svg|api/photos/).*)" }],
};
