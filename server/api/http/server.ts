/** The HTTP server in front of Next: holds the port, and refuses what nobody should have to read. */
import {
  createServer,
  type Server as HttpServer,
  IncomingMessage,
  type ServerResponse,
} from "node:http";
import { Server, type Socket } from "node:net";
import { DomainError } from "../../../domain/kernel/errors";
import { UserFacingError } from "../../../scripts/lib/user-facing-error";
import { hadOutageSince } from "../../platform/db/outage";
import { isOurHost, isOurOrigin } from "../../platform/hosts";
import { guard, guardPage, PHOTOS } from "./headers";
import { type PlainAnswer, plainAnswer } from "./plain-answer";
import { makeReadRate, type ReadKind } from "./read-rate";

const MB = 1024 * 1024;
/** Bytes of a body; a photo has up to 12 MB, and a form around it. */
const limitOf = (url: string | undefined): number => (url?.startsWith(PHOTOS) ? 13 * MB : MB);

/** Milliseconds. */
const TIMES = {
  /** A connection may say nothing while it is its turn. */
  idle: 15_000,
  /** The head of a request. */
  head: 10_000,
  /** The body of a request, and of one with a photo on a slow line. */
  body: 20_000,
  photoBody: 180_000,
  /** An answered connection stays open for the next request. */
  keepAlive: 5000,
  /** How often what is late is looked for. */
  check: 1000,
  /** What is in flight may finish when the server stops: longer than a transaction may take. */
  stop: 25_000,
  /** A request that was on its way when the stop was asked for still gets an answer. */
  lateRequest: 500,
};

/** Milliseconds that closing takes at most. */
export const STOP_MS = TIMES.stop + 2 * TIMES.lateRequest;

/** More at a time would use up what the process may open. */
const MAX_CONNECTIONS = 2000;

/**
 * What pages and the API are asked with; Next answers 500 to some of the others. Only the API is
 * written to: a page that was asked for by POST would be drawn, and not counted as read.
 */
const READS = new Set(["GET", "HEAD", "OPTIONS"]);
const METHODS = new Set([...READS, "POST"]);
const API = "/api/";

/** Asked by monitors, which may know the machine by any name and ask as often as they like. */
const HEALTH = "/api/health";

/** Files of the build, which browsers keep. */
const BUILT =
  /^\/(_next\/static\/|(icons\/[^/?]+|worker\.js|icon\.svg|apple-icon\.png|manifest\.webmanifest)(\?|$))/;
const SEARCH =
  /^\/[^/?]+\/(browse|members)\?|^\/api\/trpc\/[^?]*\b(listing\.browse|member\.list|search)/;
/** The procedures of a request to the API. */
const PROCEDURES = /^\/api\/trpc\/([^?]*)/;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type Settings = {
  hostname: string;
  /** The port that is wanted; 0 for any free one. */
  port: number;
  /** How many proxies in front may tell the client's address. */
  trustedProxies: number;
  /** What one person may read a minute; 0 for no limit. */
  readsPerMinute: number;
  /** Other times than in use, for tests. */
  times?: Partial<typeof TIMES>;
};

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
 * @throws Refusal
 */
export async function listen({ hostname, port: wanted, ...settings }: Settings) {
  const times = { ...TIMES, ...settings.times };
  let handler: Handler | undefined;
  let publicUrl = "";
  let isStopping = false;
  const inFlight = new Map<ServerResponse, IncomingMessage>();
  const readRate = makeReadRate(settings.readsPerMinute);
  const warnOnce = makeWarnings();

  const options = {
    IncomingMessage: CountedRequest,
    keepAliveTimeout: times.keepAlive,
    headersTimeout: times.head,
    requestTimeout: times.photoBody,
    connectionsCheckingInterval: times.check,
  };
  const http = createServer(options, (request, response) => {
    inFlight.set(response, request);
    response.once("close", () => inFlight.delete(response));
    guard(response, request.url);
    if (isStopping) return unavailable(response, STOPPING);
    if (!handler) return unavailable(response, "Evenhour is starting.");
    const { method = "", headers } = request;
    // An address with a host of its own is for proxies (RFC 9112, 3.2.2).
    const url = request.url ?? "";
    if (!METHODS.has(method)) return unwanted(response, METHODS);
    if (!isReadable(url)) return unreadable(response);
    if (url.split("?", 1)[0] !== HEALTH && !isOurHost(headers.host, publicUrl)) {
      warnOnce(
        "host",
        `A request for the name ${JSON.stringify(headers.host ?? "")} was refused. If people come by that name, set PUBLIC_URL to its address.`,
      );
      return misdirected(response, publicUrl);
    }
    const { origin } = headers;
    if (method === "POST" && origin && !isOurOrigin(origin, headers.host, publicUrl)) {
      return fromElsewhere(response, publicUrl);
    }
    if (!url.startsWith(API) && !READS.has(method)) return unwanted(response, READS);
    const limit = limitOf(url);
    if (Number(headers["content-length"] ?? 0) > limit) return tooLarge(response, limit);
    request.tooLarge = () => tooLarge(response, limit);
    limitBody(request, response, url.startsWith(PHOTOS) ? times.photoBody : times.body);
    setAddress(request, settings.trustedProxies, warnOnce);
    setCommunity(request);
    guardPage(request, response);
    tellTrouble(response);
    const ask = handler;
    void withinRate(request, readRate)
      .then((refusal) => (refusal ? send(response, refusal) : ask(request, response)))
      .catch((error: unknown) => {
        console.error("[http]", error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
  });
  http.maxConnections = MAX_CONNECTIONS;
  closeIdle(http, times.idle, inFlight);
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
    throw new UserFacingError(userMessage(error, hostname, wanted));
  });
  const address = http.address();
  const port = typeof address === "object" && address ? address.port : wanted;
  return {
    http,
    port,
    /** From now on the pages answer, at this address. */
    answer: (next: Handler, at: string) => {
      publicUrl = at;
      handler = next;
    },
    /**
     * Accepts nothing new, lets what is in flight finish, and answers 503 to what comes late and to
     * what is not finished in time.
     */
    close: async () => {
      isStopping = true;
      for (const response of inFlight.keys()) response.shouldKeepAlive = false;
      // Node's own close for HTTP cuts idle connections at once, and with them requests on their way.
      const closed = new Promise((done) => Server.prototype.close.call(http, done));
      // Node reads what has arrived between a timer and an immediate; what is idle then is idle.
      const idle = setInterval(
        () => setImmediate(() => http.closeIdleConnections()),
        times.lateRequest,
      );
      const over = setTimeout(() => {
        for (const response of inFlight.keys()) unavailable(response, CUT_OFF);
        setTimeout(() => {
          for (const socket of sockets) socket.destroy();
        }, times.lateRequest);
      }, times.stop);
      await closed;
      clearInterval(idle);
      clearTimeout(over);
    },
  };
}

/** Closes connections on which nothing happens, but not one whose answer is being made. */
function closeIdle(
  http: HttpServer,
  time: number,
  inFlight: Map<ServerResponse, IncomingMessage>,
): void {
  http.setTimeout(time, (socket) => {
    const [response, request] = [...inFlight].find(([, { socket: of }]) => of === socket) ?? [];
    if (!response || !request) return void socket.destroy();
    if (!request.complete && !response.headersSent) return late(response);
    // Nobody reads what was written.
    if (response.writableLength > 0) return void socket.destroy();
    socket.setTimeout(time);
  });
}

/** Next knows one status for whatever fails; a database that is away for a while is a 503. */
function tellTrouble(response: ServerResponse): void {
  const began = performance.now();
  const writeHead = response.writeHead.bind(response);
  const told = (status: number, ...rest: unknown[]) => {
    const isAway = status === 500 && hadOutageSince(began);
    if (isAway) response.setHeader("Retry-After", "5");
    // The other arguments are passed on as they came, whichever of Node's ways was used.
    return writeHead(isAway ? 503 : status, ...(rest as []));
  };
  response.writeHead = told;
}

/** A body that comes slowly is cut off, however steadily it drips. */
function limitBody(request: IncomingMessage, response: ServerResponse, time: number): void {
  const timer = setTimeout(() => {
    if (!request.complete) late(response);
  }, time);
  const stop = () => clearTimeout(timer);
  request.once("end", stop);
  response.once("close", stop);
}

/** Counts what a request reads. @returns the refusal when it was too much */
async function withinRate(
  request: IncomingMessage,
  rate: ReturnType<typeof makeReadRate>,
): Promise<PlainAnswer | null> {
  const { headers, url = "" } = request;
  // Writing has limits of its own, which are counted in the database.
  if (request.method === "POST" || BUILT.test(url) || url.startsWith(HEALTH)) return null;
  const session = /(?:^|; )(?:__Host-)?evenhour\.session=([^;]+)/.exec(headers.cookie ?? "")?.[1];
  const address = String(headers["x-evenhour-address"]);
  const asked = readableUrl(url);
  // A batch is as many readings as it has procedures.
  const count = PROCEDURES.exec(asked)?.[1]?.split(",").length;
  const seconds = await rate({ kind: readKindOf(asked, headers), address, session, count });
  if (seconds === 0) return null;
  const sent = { get: (name: string) => [headers[name] ?? null].flat()[0] ?? null };
  return plainAnswer(new DomainError("tooManyReads", { seconds }), { url, headers: sent });
}

/** The address as Next and the API read it: "%62rowse" is "browse" to them. */
function readableUrl(url: string): string {
  const [path = "", ...query] = url.split("?");
  return [decodeURIComponent(path), ...query].join("?");
}

/** The kind of read, by its decoded URL. The procedures in `SEARCH` are those with `read: "search"`. */
export function readKindOf(url: string, headers: IncomingMessage["headers"]): ReadKind {
  // One page may show many pictures, and fetches ahead what its links lead to.
  if (url.startsWith(PHOTOS) || headers["next-router-prefetch"]) return "file";
  return SEARCH.test(url) ? "search" : "page";
}

function send(response: ServerResponse, { status, headers, body }: PlainAnswer): void {
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}

type Warn = (kind: string, line: string) => void;

/** Says the same thing once in the life of the process. */
function makeWarnings(): Warn {
  const said = new Set<string>();
  return (kind, line) => {
    if (said.has(kind)) return;
    said.add(kind);
    console.warn(`[http] ${line}`);
  };
}

function userMessage(error: unknown, hostname: string, port: number): string {
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

/**
 * Next answers 500 to an address whose escapes mean nothing; one with a host is for proxies; and one
 * that goes back ("/api/../elm") means another to Next than to the limits here. Browsers send none.
 */
function isReadable(url: string): boolean {
  if (!url.startsWith("/") && url !== "*") return false;
  try {
    const path = decodeURIComponent(url.split("?", 1)[0] ?? "");
    return !path.includes("\0") && !/[/\\]\.{1,2}(?:[/\\]|$)/.test(path);
  } catch {
    return false;
  }
}

const TEXT = { "Content-Type": "text/plain; charset=utf-8" };

const STOPPING = "Evenhour is being restarted, and nothing was done. Please try again in a moment.";
const CUT_OFF =
  "Evenhour is being restarted before the answer was ready. Please look in a moment whether it was done.";

function unavailable(response: ServerResponse, sentence: string): void {
  if (response.headersSent) return;
  response.writeHead(503, { ...TEXT, "Retry-After": "5", Connection: "close" });
  response.end(`${sentence}\n`);
}

function late(response: ServerResponse): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(408, { ...TEXT, Connection: "close" });
  response.end("The rest of the request did not come in time. Please try again.\n");
}

function misdirected(response: ServerResponse, publicUrl: string): void {
  response.writeHead(421, TEXT);
  response.end(`Evenhour is not here. Open ${publicUrl} instead.\n`);
}

function fromElsewhere(response: ServerResponse, publicUrl: string): void {
  response.writeHead(403, { "Content-Type": "application/json" });
  const error = `This request came from another site. Open ${publicUrl} instead.`;
  response.end(JSON.stringify({ error }));
}

/** Tells the pages which community an address is of, if any: its region decides how dates look. */
function setCommunity({ headers, url = "" }: IncomingMessage): void {
  headers["x-evenhour-community"] = /^\/([a-z0-9-]+)/.exec(url)?.[1] ?? "";
}

function unwanted(response: ServerResponse, allowed: Set<string>): void {
  response.writeHead(405, { Allow: [...allowed].join(", ") });
  response.end();
}

function unreadable(response: ServerResponse): void {
  response.writeHead(400, TEXT);
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
function setAddress(
  { headers, socket }: IncomingMessage,
  trustedProxies: number,
  warnOnce: Warn,
): void {
  const forwarded = [headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const seen = trustedProxies > 0 ? forwarded.at(-trustedProxies)?.trim() : undefined;
  if (trustedProxies === 0) {
    if (headers["x-forwarded-for"] || headers.forwarded) {
      warnOnce(
        "proxy",
        `Requests come through a web server in front (X-Forwarded-For), and TRUST_PROXY is 0: everybody counts as one address (${socket.remoteAddress}), so that one stranger's tries keep all others out. Set TRUST_PROXY to the number of web servers in front, usually 1.`,
      );
    }
    for (const name of ["for", "host", "proto", "port"]) delete headers[`x-forwarded-${name}`];
    delete headers.forwarded;
  }
  headers["x-evenhour-address"] = seen || socket.remoteAddress || "unknown";
}
