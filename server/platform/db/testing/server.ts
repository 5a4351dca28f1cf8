/**
 * Starts the server of the database tests (embedded in a temporary folder, or the one of DATABASE_URL) with one
 * migrated database, of which each test file gets a copy. A caller of Vitest's API may provide such a database.
 */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import type { TestProject } from "vitest/node";
import { provideAppLogin } from "../app-login";
import { startEmbedded } from "../embedded";
import { migrate } from "../migrate";
import { runningPostmaster } from "../postmaster";
import { databaseAt, TEST_SECRET } from "./urls";

declare module "vitest" {
  interface ProvidedContext {
    /** The owner's URL of the database to copy. */
    templateUrl: string;
    /** A copy that is there already. */
    copy?: string;
    /** The application's own login on that server. */
    login: { username: string; password: string };
  }
}

type Server = { url: string; stop: () => Promise<void> };

export default async function setup(project: TestProject) {
  // Its type says otherwise, but the context is empty before the first `provide`.
  if ("templateUrl" in project.getProvidedContext()) return undefined;
  // Registered before anything is started: an interruption must leave nothing behind.
  let end: () => Promise<void> = async () => undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void end().finally(() => process.exit(130)));
  }
  const ownServer = process.env.DATABASE_URL;
  const server: Server = ownServer
    ? { url: ownServer, stop: async () => undefined }
    : await startServer();
  // The process id distinguishes concurrent runs on one server and their copies.
  const template = `evenhour_test_${process.pid}`;
  end = once(async () => {
    if (ownServer) await dropAll(server.url, template);
    await server.stop();
  });
  try {
    await execute(server.url, `CREATE DATABASE ${template}`);
    const templateUrl = databaseAt(server.url, template);
    await migrate(templateUrl);
    // Roles belong to the server, so this login works for every copy.
    const login = new URL(await provideAppLogin(templateUrl, TEST_SECRET));
    project.provide("templateUrl", templateUrl);
    project.provide("login", { username: login.username, password: login.password });
  } catch (error) {
    await end();
    throw error;
  }
  return end;
}

async function startServer(): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), "evenhour-test-"));
  // Under root the server runs as another user, which must be able to read this folder.
  chmodSync(dataDir, 0o755);
  // An interrupted Vitest may end at once, without running asynchronous clean-up.
  const drop = () => {
    const running = runningPostmaster(join(dataDir, "postgres"));
    if (running) process.kill(running.pid, "SIGQUIT");
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  };
  process.once("exit", drop);
  const embedded = await startEmbedded({
    dataDir,
    // The data need not survive a crash, and this is much faster.
    settings: {
      fsync: "off",
      synchronous_commit: "off",
      full_page_writes: "off",
      max_connections: "200",
    },
  });
  return {
    url: embedded.url,
    stop: async () => {
      await embedded.stop();
      process.removeListener("exit", drop);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function execute(url: string, ...statements: string[]) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function dropAll(url: string, template: string) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE datname = $1 OR starts_with(datname, $1 || '_')",
      [template],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE "${datname}" WITH (FORCE)`);
  } finally {
    await client.end();
  }
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
