/** Runs Evenhour in this process: database, migrations, pages, jobs; and takes it down in order. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { mkdirSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { Client } from "pg";
import { type EmbeddedDatabase, EmbeddedDatabaseError, startEmbedded } from "../server/db/embedded";
import { env, readEnvironment, WrongEnvironment } from "../server/env";
import { buildPages, generateClient } from "./build";
import { lockFolder } from "./lock";

type Command = "start" | "demo" | "dev" | "worker";

const say = (line: string) => console.log(`· ${line}`);

/** The oldest PostgreSQL that the books are tested on. */
const OLDEST = 15;
/** Larger requests are refused before anything reads them; photos will have a door of their own. */
const MAX_BODY = 1024 * 1024;

/** A sentence for the person at the terminal; no stack. */
class Refusal extends Error {}

export async function main(command: Command): Promise<void> {
  const closers: (() => Promise<unknown>)[] = [];
  let closing = false;
  const close = async (code: number) => {
    if (closing) return;
    closing = true;
    for (const closer of closers.reverse()) await closer().catch(() => undefined);
    process.exit(code);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (!closing) say("Stopping…");
      void close(0);
    });
  }
  try {
    await start(command, closers);
  } catch (error) {
    if (closing) return;
    const isSentence =
      error instanceof Refusal ||
      error instanceof WrongEnvironment ||
      error instanceof EmbeddedDatabaseError;
    console.error(isSentence ? error.message : error);
    await close(1);
  }
}

async function start(command: Command, closers: (() => Promise<unknown>)[]): Promise<void> {
  if (command === "demo") {
    process.env.EVENHOUR_DEMO = "1";
    process.env.EVENHOUR_DATA_DIR ||= "data-demo";
  }
  const given = readEnvironment();
  const dataDir = resolve(given.EVENHOUR_DATA_DIR);
  requireFolder(dataDir);
  if (command !== "worker") {
    const other = lockFolder(dataDir);
    if (other) {
      throw new Refusal(
        `Evenhour already runs on ${dataDir} (process ${other}). Stop it first, or set EVENHOUR_DATA_DIR to another folder.`,
      );
    }
  }
  // The port is taken before anything slow, so that a conflict is told at once.
  const server = command === "worker" ? null : await listen(given.HOST, given.PORT);
  if (server) closers.push(() => new Promise((done) => server.http.close(done)));
  generateClient(say);

  if (!given.DATABASE_URL) {
    if (command === "worker") throw new Refusal("`npm run worker` needs DATABASE_URL.");
    say("Starting the database…");
    const embedded: EmbeddedDatabase = await startEmbedded({ dataDir, say });
    closers.push(() => embedded.stop());
    process.env.DATABASE_URL = embedded.url;
  } else {
    await requirePostgres(given.DATABASE_URL);
  }
  if (server) {
    process.env.PUBLIC_URL ||= `http://localhost:${server.port}`;
    process.env.PORT = String(server.port);
  }
  // What the pages and next-auth read when they are loaded below.
  const { AUTH_SECRET, DATABASE_URL, PUBLIC_URL } = env();
  Object.assign(process.env, { AUTH_SECRET, NEXTAUTH_SECRET: AUTH_SECRET, NEXTAUTH_URL: PUBLIC_URL });

  const { migrate } = await import("../server/db/migrate");
  const applied = await migrate(DATABASE_URL).catch((error: unknown) => {
    throw new Refusal(`The database could not be brought up to date: ${String(error)}`);
  });
  if (applied.length > 0) say(`Database brought up to date (${applied.length} steps).`);
  const { disconnect } = await import("../server/db/client");
  closers.push(disconnect);

  if (command === "start" || command === "demo") buildPages(say);
  if (command === "demo") {
    const { fillDemo } = await import("../prisma/demo/fill");
    for (const { label, email, password } of await fillDemo(say)) {
      say(`Sign in as ${label}: ${email} / ${password}`);
    }
  }
  const { startWorker } = await import("../server/jobs/worker");
  const worker = await startWorker();
  closers.push(() => worker.stop());
  if (!server) return say("The jobs run.");

  const { default: next } = await import("next");
  const { HOST: hostname } = given;
  const app = next({ dev: command === "dev", dir: process.cwd(), hostname, port: server.port });
  await app.prepare();
  server.answer(app.getRequestHandler());
  closers.push(() => app.close());
  closers.push(async () => server.http.closeAllConnections());

  const { prepareSetupLink } = await import("../server/services/prepare-setup-link");
  const token = await prepareSetupLink();
  if (token) say(`Set up your community with this one-time link: ${PUBLIC_URL}/setup/${token}`);
  console.log(`Evenhour is ready: ${PUBLIC_URL}`);
}

function requireFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
  } catch {
    throw new Refusal(
      `The data folder ${dataDir} cannot be made. Give its parent to the user who runs Evenhour, or set EVENHOUR_DATA_DIR to another folder.`,
    );
  }
}

async function requirePostgres(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  const { host } = new URL(url);
  try {
    await client.connect();
  } catch (error) {
    const reason = error instanceof Error && error.message ? error.message : "no answer";
    throw new Refusal(`The database at ${host} (DATABASE_URL) cannot be reached: ${reason}`);
  }
  try {
    const { rows } = await client.query<{ server_version_num: string }>("SHOW server_version_num");
    const major = Math.floor(Number(rows[0]?.server_version_num) / 10_000);
    if (major < OLDEST) {
      throw new Refusal(
        `The database at ${host} is PostgreSQL ${major}; Evenhour needs ${OLDEST} or newer.`,
      );
    }
  } finally {
    await client.end();
  }
}

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Listens at once and answers "starting" until the pages are ready. */
async function listen(hostname: string, wanted: number) {
  let handler: Handler | null = null;
  const http: Server = createServer((request, response) => {
    if (!handler) {
      response.writeHead(503, { "Content-Type": "text/plain", "Retry-After": "5" });
      return response.end("Evenhour is starting.\n");
    }
    if (Number(request.headers["content-length"] ?? 0) > MAX_BODY) return tooLarge(response);
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY) request.destroy();
    });
    // Node pauses a request that has a listener only when asked; Next reads it from here.
    request.pause();
    request.headers["x-evenhour-address"] = addressOf(request);
    handler(request, response).catch((error: unknown) => {
      console.error("[http]", error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((ready, failed) => {
    http.once("error", failed);
    http.listen(wanted, hostname, ready);
  }).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code === "EADDRINUSE") {
      throw new Refusal(`Port ${wanted} is in use. Stop what uses it, or set PORT to another one.`);
    }
    if (code === "EACCES") throw new Refusal(`Port ${wanted} may not be used by this user. Set PORT above 1023.`);
    throw new Refusal(`Cannot listen on ${hostname}:${wanted}: ${String(error)}`);
  });
  // A listening TCP server always has such an address.
  const { port } = http.address() as AddressInfo;
  return { http, port, answer: (next: Handler) => { handler = next; } };
}

function tooLarge(response: ServerResponse): void {
  response.writeHead(413, { "Content-Type": "application/json", Connection: "close" });
  response.end(JSON.stringify({ error: "That is too large. Send less than 1 MB." }));
}

/** The client's address: the socket's, or what the trusted proxies in front say. */
function addressOf(request: IncomingMessage): string {
  const socket = request.socket.remoteAddress ?? "unknown";
  const { TRUST_PROXY } = env();
  if (TRUST_PROXY === 0) return socket;
  const chain = String(request.headers["x-forwarded-for"] ?? "").split(",").map((part) => part.trim());
  return chain.at(-TRUST_PROXY) || socket;
}
