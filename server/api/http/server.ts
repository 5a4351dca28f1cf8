/** The HTTP server in front of Next: owns the port and refuses invalid and excessive requests. */
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
import { DOCTOR_HEADER, DOCTOR_PATH } from "../../platform/doctor-key";
import { isOurHost, isOurOrigin } from "../../platform/hosts";
import { log } from "../../platform/log";
import { answerDoctor } from "./doctor";
import { guard, guardPage, PHOTOS } from "./headers";
import { type PlainAnswer, plainAnswer } from "./plain-answer";
import { makeReadRate, type ReadKind } from "./read-rate";
import { logRequest } from "./request-log";

const MB = 1024 * 1024;
/** The largest body in bytes; a photo has up to 12 MB, plus the form around it. */
const limitOf = (url: string | undefined): number => (url?.startsWith(PHOTOS) ? 13 * MB : MB);

/** Milliseconds. */
const TIMES = {
  /** How long a connection may be silent while the client has to send. */
  idle: 15_000,
  /** The head of a request. */
  head: 10_000,
  /** The body of a request, and of one with a photo on a slow connection. */
  body: 20_000,
  photoBody: 180_000,
  /** How long the rest of a body that is too large is read and dropped. */
  refusedBody: 10_000,
  /** How long a connection stays open for the next request. */
  keepAlive: 5000,
  /** How often Node checks for late requests. */
  check: 1000,
  /** How long requests in flight may take on shutdown: longer than a transaction may take. */
  stop: 25_000,
  /** How long requests that were sent before the shutdown are still answered. */
  lateRequest: 500,
};

/** The longest time that closing takes, in milliseconds. */
export const STOP_MS = TIMES.stop + 2 * TIMES.lateRequest;

/** More would exhaust the process's file descriptors. */
const MAX_CONNECTIONS = 2000;

/**
 * The accepted methods; Next answers 500 to some others. Only the API accepts POST: a page requested
 * by POST would be rendered without counting as a read.
 */
const READS = new Set(["GET", "HEAD", "OPTIONS"]);
const METHODS = new Set([...READS, "POST"]);
const API = "/api/";

/** For monitoring: accepts any host name and has no rate limit. */
const HEALTH = "/api/health";
export const isHealth = (url = ""): boolean => url.split("?", 1)[0] === HEALTH;

/** Files of the build, which browsers cache. */
const BUILT =
  /^\/(_next\/static\/|(icons\/[^/?]+|worker\.js|icon\.svg|apple-icon\.png|manifest\.webmanifest)(\?|$))/;
const SEARCH =
  /^\/[^/?]+\/(browse|members)\?|^\/api\/trpc\/[^?]*\b(listing\.browse|member\.list|search)/;
/** The procedures of a request to the API. */
const PROCEDURES = /^\/api\/trpc\/([^?]*)/;

/** The client's address, for the application. A client's own header of that name is overwritten. */
const ADDRESS = "x-evenhour-address";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

type Settings = {
  hostname: string;
  /** 0 for any free port. */
  port: number;
  /** The number of proxies in front whose X-Forwarded-For is trusted. */
  trustedProxies: number;
  /** Reads per minute of one user; 0 for no limit. */
  readsPerMinute: number;
  /** Shorter times for tests. */
  times?: Partial<typeof TIMES>;
};

/** A request that counts the received bytes, since a chunked body does not announce its size. */
class CountedRequest extends IncomingMessage {
  tooLarge: (() => void) | undefined;
  /** Set once the body is refused: the rest of it is dropped, and this is called at its end. */
  dropped: (() => void) | undefined;
  #received = 0;

  override push(chunk: Buffer | null): boolean {
    if (chunk === null) {
      // Before Next sees the end of the truncated body: its response is no longer sent.
      this.dropped?.();
      return super.push(null);
    }
    if (this.dropped) return true;
    this.#received += chunk.length;
    if (this.#received <= limitOf(this.url)) return super.push(chunk);
    this.tooLarge?.();
    return true;
  }
}

/**
 * Listens at once, so that a port in use is reported before the slow part of the start, and answers
 * "starting" until the pages are ready.
 * @throws UserFacingError
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
    logRequest(request, response);
    if (isStopping || !handler) {
      if (isHealth(request.url)) return notReady(response, isStopping ? "stopping" : "starting");
      return unavailable(response, isStopping ? STOPPING : "Evenhour is starting.");
    }
    const { method = "", headers } = request;
    const url = request.url ?? "";
    // The doctor sends such requests on purpose.
    const warn: Warn = headers[DOCTOR_HEADER] ? () => undefined : warnOnce;
    if (!METHODS.has(method)) return unwanted(response, METHODS);
    if (!isReadable(url)) return unreadable(response);
    if (!isHealth(url) && !isOurHost(headers.host, publicUrl)) {
      warn(
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
    request.tooLarge = () => tooLarge(request, response, { limit, time: times.refusedBody });
    if (Number(headers["content-length"] ?? 0) > limit) return request.tooLarge();
    limitBody(request, response, url.startsWith(PHOTOS) ? times.photoBody : times.body);
    const forwarded = forwardedFor(headers);
    setAddress(request, settings.trustedProxies, warn);
    const seen = {
      address: String(headers[ADDRESS]),
      forwarded: forwarded.length,
      trustedProxies: settings.trustedProxies,
    };
    if (url === DOCTOR_PATH && answerDoctor(request, response, seen)) return;
    setCommunity(request);
    guardPage(request, response);
    reportOutages(response);
    const handle = handler;
    void withinRate(request, readRate)
      .then((refusal) => (refusal ? send(response, refusal) : handle(request, response)))
      .catch((error: unknown) => {
        log.error("http", error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      });
  });
  http.maxConnections = MAX_CONNECTIONS;
  closeIdle(http, times.idle, inFlight);
  // Node loses track of WebSockets (in development), and would never finish closing.
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
    /** Passes requests to the pages from now on; `at` is their public URL. */
    answer: (next: Handler, at: string) => {
      publicUrl = at;
      handler = next;
    },
    /**
     * Accepts no new connections and lets requests in flight finish. Late requests, and those that
     * do not finish in time, are answered with 503.
     */
    close: async () => {
      isStopping = true;
      for (const response of inFlight.keys()) response.shouldKeepAlive = false;
      // Node's close() for HTTP cuts idle connections at once, including requests on their way.
      const closed = new Promise((done) => Server.prototype.close.call(http, done));
      // Node reads sockets between timers and immediates, so a connection idle by then is idle.
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

/** Closes silent connections, except those that wait for their response. */
function closeIdle(
  http: HttpServer,
  time: number,
  inFlight: Map<ServerResponse, IncomingMessage>,
): void {
  http.setTimeout(time, (socket) => {
    const [response, request] = [...inFlight].find(([, { socket: of }]) => of === socket) ?? [];
    if (!response || !request) return void socket.destroy();
    if (!request.complete && !response.headersSent) return late(response);
    // The client does not read the response.
    if (response.writableLength > 0) return void socket.destroy();
    socket.setTimeout(time);
  });
}

/** Answers 503 instead of 500 during an outage of the database; Next answers 500 to any error. */
function reportOutages(response: ServerResponse): void {
  const began = performance.now();
  const writeHead = response.writeHead.bind(response);
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const isOutage = status === 500 && hadOutageSince(began);
    if (isOutage) response.setHeader("Retry-After", "5");
    // `rest` fits one of Node's overloads, since the caller chose it.
    return writeHead(isOutage ? 503 : status, ...(rest as []));
  };
}

/** Cuts off a body that is not complete in time, even if it arrives steadily. */
function limitBody(request: IncomingMessage, response: ServerResponse, time: number): void {
  const timer = setTimeout(() => {
    if (!request.complete) late(response);
  }, time);
  const stop = () => clearTimeout(timer);
  request.once("end", stop);
  response.once("close", stop);
}

/** Counts the reads of a request. @returns the refusal when there were too many */
async function withinRate(
  request: IncomingMessage,
  rate: ReturnType<typeof makeReadRate>,
): Promise<PlainAnswer | null> {
  const { headers, url = "" } = request;
  // Writing has its own limits, counted in the database.
  if (request.method === "POST" || BUILT.test(url) || isHealth(url)) return null;
  const session = /(?:^|; )(?:__Host-)?evenhour\.session=([^;]+)/.exec(headers.cookie ?? "")?.[1];
  const address = String(headers[ADDRESS]);
  const decoded = decodedUrl(url);
  // Each procedure of a batch counts.
  const count = PROCEDURES.exec(decoded)?.[1]?.split(",").length;
  const seconds = await rate({ kind: readKindOf(decoded, headers), address, session, count });
  if (seconds === 0) return null;
  const sent = { get: (name: string) => [headers[name] ?? null].flat()[0] ?? null };
  return plainAnswer(new DomainError("tooManyReads", { seconds }), { url, headers: sent });
}

/** The URL as Next and the API read it: "%62rowse" is "browse" to them. */
function decodedUrl(url: string): string {
  const [path = "", ...query] = url.split("?");
  return [decodeURIComponent(path), ...query].join("?");
}

/** The kind of read, by its decoded URL. The procedures in `SEARCH` are those with `read: "search"`. */
export function readKindOf(url: string, headers: IncomingMessage["headers"]): ReadKind {
  // One page may show many photos, and prefetches the pages it links to. Next does not render a page for
  // this prefetch of its data; with either header alone, or another value, it does.
  const isPrefetch = headers.rsc === "1" && headers["next-router-prefetch"] === "1";
  if (url.startsWith(PHOTOS) || (isPrefetch && !url.startsWith("/api/"))) return "file";
  return SEARCH.test(url) ? "search" : "page";
}

function send(response: ServerResponse, { status, headers, body }: PlainAnswer): void {
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) });
  response.end(body);
}

type Warn = (kind: string, line: string) => void;

/** Logs each kind of warning once. */
function makeWarnings(): Warn {
  const logged = new Set<string>();
  return (kind, line) => {
    if (logged.has(kind)) return;
    logged.add(kind);
    log.warn("http", line);
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
 * False for URLs that browsers never send: with invalid escapes, to which Next answers 500; with a
 * host, which are for proxies (RFC 9112, 3.2.2); and with dot segments ("/api/../elm"), which Next
 * would resolve to another path than the limits here.
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

/** For monitoring. */
function notReady(response: ServerResponse, reason: "starting" | "stopping"): void {
  response.writeHead(503, { "Content-Type": "application/json", "Retry-After": "5" });
  response.end(JSON.stringify({ status: "unavailable", reason }));
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

/** Passes the community in the URL to the pages: its region decides the format of dates. */
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

/**
 * Refuses a body. A client that is still sending would lose the answer if the connection were closed now, and a
 * proxy would answer 502 in our name, so the rest of the body is read and dropped first.
 */
function tooLarge(
  request: CountedRequest,
  response: ServerResponse,
  { limit, time }: { limit: number; time: number },
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const most = Math.floor(limit / MB);
  const body = JSON.stringify({ error: `That is too large: send less than ${most} MB.` });
  const length = Buffer.byteLength(body);
  response.writeHead(413, {
    "Content-Type": "application/json",
    "Content-Length": length,
    Connection: "close",
  });
  response.write(body);
  const timer = setTimeout(() => response.end(), time);
  response.once("close", () => clearTimeout(timer));
  request.dropped = () => response.end();
  request.resume();
}

/** The addresses of X-Forwarded-For, the nearest proxy's last. */
const forwardedFor = (headers: IncomingMessage["headers"]): string[] =>
  [headers["x-forwarded-for"] ?? []]
    .flat()
    .join(",")
    .split(",")
    .map((address) => address.trim())
    .filter(Boolean);

/**
 * Passes the client's address to the application: the socket's, or the one that the outermost
 * trusted proxy saw. Untrusted forwarding headers are dropped.
 */
function setAddress(
  { headers, socket }: IncomingMessage,
  trustedProxies: number,
  warn: Warn,
): void {
  const seen = trustedProxies > 0 ? forwardedFor(headers).at(-trustedProxies) : undefined;
  if (trustedProxies === 0) {
    if (headers["x-forwarded-for"] || headers.forwarded) {
      warn(
        "proxy",
        `Requests come through a web server in front (X-Forwarded-For), and TRUST_PROXY is 0: everybody counts as one address (${socket.remoteAddress}), so that one stranger's tries keep all others out. Set TRUST_PROXY to the number of web servers in front, usually 1.`,
      );
    }
    for (const name of ["for", "host", "proto", "port"]) delete headers[`x-forwarded-${name}`];
    delete headers.forwarded;
  }
  headers[ADDRESS] = seen || socket.remoteAddress || "unknown";
}
