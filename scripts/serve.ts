/** Runs Evenhour in this process (database, migrations, pages, jobs) and shuts it down in order. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isHealth, listen, STOP_MS } from "../server/api/http/server";
import { startEmbedded } from "../server/platform/db/embedded";
import { env, readEnvironment } from "../server/platform/env";
import { makePrivateFolder } from "../server/platform/files";
import { announce, captureConsole, log } from "../server/platform/log";
import { onShutdown } from "../server/platform/shutdown";
import { buildPages, generateClient } from "./build";
import { lockDataFolder, makeDataFolderPrivate } from "./lib/data-folder";
import { requireUsableDatabase } from "./lib/database";
import { reachOf, readyAddress } from "./lib/reach";
import { UserFacingError } from "./lib/user-facing-error";
import { userMessage } from "./lib/user-message";

type Command = "start" | "demo" | "dev" | "worker";
type Closers = (() => Promise<unknown>)[];

const say = (line: string) => log.info("start", line);

/** Requests answered in front of Next: docs/decisions/016-api-in-front.md. */
const API = "/api/trpc/";

/** How long shutdown waits for the running step of the start, and for each part that it closes. */
const SHUTDOWN_GRACE_MS = STOP_MS + 5000;

/** Starts the command and returns. Signals end the process with exit code 0. */
export async function main(command: Command): Promise<void> {
  captureConsole();
  const closers: Closers = [];
  const stop = new AbortController();
  const started = start(command, closers, stop.signal);
  const end = async (code: number) => {
    // The running step may finish, so that the resources it opened can be closed.
    await Promise.race([started.catch(() => undefined), sleep(SHUTDOWN_GRACE_MS)]);
    for (const closer of closers.reverse()) {
      // A part that does not close must not prevent the others, above all the database, from closing.
      await Promise.race([
        closer().catch((error: unknown) => log.error("stop", error)),
        sleep(SHUTDOWN_GRACE_MS),
      ]);
    }
    process.exit(code);
  };
  onShutdown(() => {
    say("Stopping…");
    stop.abort();
    void end(0);
  });
  // An unhandled rejection (a query whose database went away) must not end the process.
  process.on("unhandledRejection", (error) => log.error("unhandled", error));
  // Neither must a closed terminal or log pipe.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  try {
    await started;
  } catch (error) {
    if (stop.signal.aborted) return;
    log.error("start", userMessage(error) ?? error);
    await end(1);
  }
}

async function start(command: Command, closers: Closers, signal: AbortSignal): Promise<void> {
  if (command === "demo") {
    process.env.EVENHOUR_DEMO = "1";
    process.env.EVENHOUR_DATA_DIR ||= "data-demo";
  }
  const { HOST, PORT, TRUST_PROXY, EVENHOUR_DATA_DIR, ...variables } = readEnvironment();
  const server =
    command === "worker"
      ? null
      : await listen({
          hostname: HOST,
          port: PORT,
          trustedProxies: TRUST_PROXY,
          readsPerMinute: variables.EVENHOUR_READS_PER_MINUTE,
        });
  if (TRUST_PROXY === 0 && variables.PUBLIC_URL?.startsWith("https:")) {
    say(
      "PUBLIC_URL is https, so that a web server stands in front, but TRUST_PROXY is 0: set it to the number of web servers in front, usually 1, or everybody counts as one address.",
    );
  }
  await generateClient({ say, signal });
  await provideDatabase(command, resolve(EVENHOUR_DATA_DIR), closers);
  signal.throwIfAborted();

  if (server) {
    process.env.PORT = String(server.port);
    process.env.PUBLIC_URL ||= `http://localhost:${server.port}`;
  }
  process.env.EVENHOUR_SECURITY_LOG ||= join(resolve(EVENHOUR_DATA_DIR), "security.log");
  // Read by the pages and next-auth when they are loaded below.
  const { AUTH_SECRET, DATABASE_URL, PUBLIC_URL } = env();
  Object.assign(process.env, {
    AUTH_SECRET,
    NEXTAUTH_SECRET: AUTH_SECRET,
    NEXTAUTH_URL: PUBLIC_URL,
  });

  // Imported here, so that the port answers before these modules are loaded.
  const { prepareDatabase } = await import("./lib/prepare-database");
  await prepareDatabase(DATABASE_URL, say);
  // Imported here, as are the modules below, since they need the generated Prisma client.
  const { disconnect } = await import("../server/platform/db/client");
  closers.push(disconnect);
  signal.throwIfAborted();

  await printWarnings();
  const signIns = command === "demo" ? await fill() : [];
  if (server && command !== "dev") await buildPages({ say, signal });
  signal.throwIfAborted();

  const { startWorker } = await import("../server/api/jobs");
  const worker = await startWorker();
  closers.push(() => worker.stop());
  if (!server) return say("The jobs run.");

  const { default: next } = await import("next");
  const app = next({
    dev: command === "dev",
    dir: process.cwd(),
    hostname: HOST,
    port: server.port,
  });
  await app.prepare();
  closers.push(() => app.close());
  closers.push(server.close);
  const { openLive } = await import("../server/notification/live");
  const { answerEvents, isEvents } = await import("../server/api/http/events");
  const live = openLive();
  // Before the server closes, which waits for the requests in flight.
  closers.push(live.close);
  const pages = app.getRequestHandler();
  if (command === "dev") {
    server.answer((request, response) => {
      if (isEvents(request.url)) return answerEvents(live, request, response);
      // Next's own routes of the other paths reload what they answer when it changes.
      return pages(request, response);
    }, PUBLIC_URL);
  } else {
    const { answerTRPC } = await import("../server/api/http/trpc-http");
    const { answerHealth } = await import("../server/api/http/health");
    server.answer((request, response) => {
      if (isHealth(request.url)) return answerHealth(request, response);
      if (isEvents(request.url)) return answerEvents(live, request, response);
      return request.url?.startsWith(API)
        ? answerTRPC(request, response)
        : pages(request, response);
    }, PUBLIC_URL);
  }

  const { prepareSetupLink } = await import("../server/community/prepare-setup-link");
  const token = await prepareSetupLink();
  for (const line of signIns) announce(line);
  if (token)
    announce(`Set up your community with this one-time link: ${PUBLIC_URL}/setup/${token}`);
  const reach = reachOf(PUBLIC_URL, HOST);
  if (reach) say(reach);
  announce(`Evenhour is ready: ${readyAddress(PUBLIC_URL, HOST, server.port)}`);
}

/** Checks DATABASE_URL, or starts the embedded database and sets it. */
async function provideDatabase(command: Command, dataDir: string, closers: Closers): Promise<void> {
  const url = process.env.DATABASE_URL;
  if (url) {
    if (existsSync(dataDir)) {
      makePrivateFolder(dataDir);
      makeDataFolderPrivate(dataDir, say);
    }
    return requireUsableDatabase(url);
  }
  if (command === "worker") {
    throw new UserFacingError(
      "The worker needs DATABASE_URL: the embedded database has its worker in `npm start`.",
    );
  }
  const holder = lockDataFolder(dataDir);
  if (holder) {
    throw new UserFacingError(
      `Evenhour already runs on ${dataDir} (process ${holder.heldBy}): stop it first, or set EVENHOUR_DATA_DIR to another folder.`,
    );
  }
  makeDataFolderPrivate(dataDir, say);
  say("Starting the database…");
  const embedded = await startEmbedded({ dataDir, say });
  closers.push(embedded.stop);
  Object.assign(process.env, {
    DATABASE_URL: embedded.url,
    EVENHOUR_DATABASE_FOLDER: embedded.cluster,
  });
}

/** Prints maintenance warnings at the start; the log, coordinators and GET /api/health have them later. */
async function printWarnings(): Promise<void> {
  const { readMaintenance, warningsOf } = await import("../server/community/maintenance");
  for (const warning of warningsOf(await readMaintenance(new Date()))) say(warning);
}

/** Fills the demo. @returns a line with the sign-in of each demo user */
async function fill(): Promise<string[]> {
  const { fillDemo } = await import("../prisma/demo/fill");
  const signIns = await fillDemo(say).catch((error: unknown) => {
    throw new UserFacingError(error instanceof Error ? error.message : String(error));
  });
  return signIns.map(({ label, email, password }) => `Sign in as ${label}: ${email} / ${password}`);
}
