/**
 * Before the database tests: a server (embedded in a temporary folder, or the one of
 * DATABASE_URL) with one migrated database, of which each test file gets its own copy. Whoever
 * runs the tests through Vitest's API may provide such a database themselves.
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
    /** The owner's address of the database to copy. */
    templateUrl: string;
    /** The application's own login on that server. */
    login: { username: string; password: string };
  }
}

type Server = { url: string; stop: () => Promise<void> };

export default async function setup(project: TestProject) {
  // Not by its type, but there is nothing before the first `provide`.
  if ("templateUrl" in project.getProvidedContext()) return undefined;
  // Before anything is started: an interruption in the middle must leave nothing behind.
  let end: () => Promise<void> = async () => undefined;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void end().finally(() => process.exit(130)));
  }
  const given = process.env.DATABASE_URL;
  const server: Server = given ? { url: given, stop: async () => undefined } : await startServer();
  // The process id keeps runs on one server apart, and tells whose the copies are.
  const template = `evenhour_test_${process.pid}`;
  end = once(async () => {
    if (given) await dropAll(server.url, template);
    await server.stop();
  });
  try {
    await ask(server.url, `CREATE DATABASE ${template}`);
    const templateUrl = databaseAt(server.url, template);
    await migrate(templateUrl);
    // Roles are the server's, so that this one opens every copy.
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
  // As root the server runs as another user, who must reach this folder.
  chmodSync(dataDir, 0o755);
  // Vitest may end at once when it is interrupted; nothing that waits would be run then.
  const drop = () => {
    const running = runningPostmaster(join(dataDir, "postgres"));
    if (running) process.kill(running.pid, "SIGQUIT");
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
  };
  process.once("exit", drop);
  const embedded = await startEmbedded({
    dataDir,
    // Nothing here outlives the tests, and they are many.
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

async function ask(url: string, ...questions: string[]) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const question of questions) await client.query(question);
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
