/** The HTTP server in front of Next: holds the port, and refuses what nobody should have to read. */
import { createServer, IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { guard, guardPage, PHOTOS } from "./headers";
import { Refusal } from "./refusal";

const MB = 1024 * 1024;
/** Bytes of a body; a photo has up to 12 MB, and a form around it. */
const limitOf = (url: string | undefined): number => (url?.startsWith(PHOTOS) ? 13 * MB : MB);
/** Milliseconds that requests in flight have to end when the server stops. */
const GRACE = 5000;

/** What pages and the API are asked with; Next answers 500 to some of the others. */
const METHODS = new Set(["GET", "HEAD", "POST", "OPTIONS"]);

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A request that counts what arrives, since a chunked body does not announce its size. */
class CountedRequest extends IncomingMessage {
  tooLarge: (() => void) | undefined;
  #received = 0;

  override push(chunk: Buffer | null): boolean {
    this.#received += chunk?.length ?? 0;
    if (this.#received <= limitOf(this.url)) return super.push(chunk);
    this.tooLarge?.();
    // What Next reads ends here; it cannot answer any more.
    return super.push(null);
  }
}

/**
 * Listens at once, so that a port in use is told before anything slow, and answers "starting"
 * until the pages are ready.
 * @param trustedProxies how many proxies in front may tell the client's address
 * @throws Refusal
 */
export async function listen(hostname: string, wanted: number, trustedProxies: number) {
  let handler: Handler | undefined;
  const http = createServer({ IncomingMessage: CountedRequest }, (request, response) => {
    guard(response, request.url);
    if (!handler) {
      response.writeHead(503, { "Content-Type": "text/plain; charset=utf-8", "Retry-After": "5" });
      response.end("Evenhour is starting.\n");
      return;
    }
    if (!METHODS.has(request.method ?? "")) return unwanted(response);
    if (!isReadable(request.url ?? "")) return unreadable(response);
    const limit = limitOf(request.url);
    if (Number(request.headers["content-length"] ?? 0) > limit) return tooLarge(response, limit);
    request.tooLarge = () => tooLarge(response, limit);
    setAddress(request, trustedProxies);
    setCommunity(request);
    guardPage(request, response);
    handler(request, response).catch((error: unknown) => {
      console.error("[http]", error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  // Node forgets those that became WebSockets (in development), and then never finishes closing.
  const sockets = new Set<Socket>();
  http.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  await new Promise<void>((ready, failed) => {
    http.once("error", failed);
    http.listen(wanted, hostname, ready);
  }).catch((error: unknown) => {
    throw new Refusal(sentenceOf(error, hostname, wanted));
  });
  const address = http.address();
  const port = typeof address === "object" && address ? address.port : wanted;
  return {
    http,
    port,
    /** From now on the pages answer. */
    answer: (next: Handler) => {
      handler = next;
    },
    close: async () => {
      const cut = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, GRACE);
      const closed = new Promise((done) => http.close(done));
      http.closeIdleConnections();
      await closed;
      clearTimeout(cut);
    },
  };
}

function sentenceOf(error: unknown, hostname: string, port: number): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} is in use: stop what uses it, or set PORT to another one.`;
    case "EACCES":
      return `Port ${port} is not for ordinary users: set PORT to one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `HOST ${hostname} is no address of this machine: use 127.0.0.1, or 0.0.0.0 for all.`;
    default:
      return `Cannot listen on ${hostname}:${port}: ${String(error)}`;
  }
}

/** Next answers 500 to an address whose escapes mean nothing. */
function isReadable(url: string): boolean {
  try {
    return !decodeURIComponent(url.split("?", 1)[0] ?? "").includes("\0");
  } catch {
    return false;
  }
}

/** Tells the pages which community an address is of, if any: its region decides how dates look. */
function setCommunity({ headers, url = "" }: IncomingMessage): void {
  headers["x-evenhour-community"] = /^\/([a-z0-9-]+)/.exec(url)?.[1] ?? "";
}

function unwanted(response: ServerResponse): void {
  response.writeHead(405, { Allow: [...METHODS].join(", ") });
  response.end();
}

function unreadable(response: ServerResponse): void {
  response.writeHead(400, { "Content-Type": "text/plain; charset=utf-8" });
  response.end("This address cannot be read. Check it for a slip.\n");
}

function tooLarge(response: ServerResponse, limit: number): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(413, { "Content-Type": "application/json", Connection: "close" });
  const most = Math.floor(limit / MB);
  response.end(JSON.stringify({ error: `That is too large: send less than ${most} MB.` }));
}

/**
 * Tells the pages the client's address: the socket's, or what the outermost trusted proxy saw.
 * Whatever else claims to come from a proxy is dropped.
 */
function setAddress({ headers, socket }: IncomingMessage, trustedProxies: number): void {
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const seen = trustedProxies > 0 ? forwarded.at(-trustedProxies)?.trim() : undefined;
  if (trustedProxies === 0) {
    for (const name of ["for", "host", "proto", "port"]) delete headers[`x-forwarded-${name}`];
    delete headers.forwarded;
  }
  headers["x-evenhour-address"] = seen || socket.remoteAddress || "unknown";
}
