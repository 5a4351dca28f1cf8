/** A durable database server with the product's own settings. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Client } from "pg";
import { startEmbedded } from "../../server/platform/db/embedded";
import { migrate } from "../../server/platform/db/migrate";
import { databaseAt } from "../../server/platform/db/testing/urls";
import type { Bench } from "./part";

export type BenchServer = {
  dataDir: string;
  /** "18.4". */
  version: string;
  /**
   * Opens a migrated database of that name.
   * @returns its owner's URL, and whether it existed already
   */
  database: (name: string) => Promise<{ url: string; isNew: boolean }>;
};

/** A folder that is deleted when the benchmark ends. */
export function makeFolder({ atEnd }: Pick<Bench, "atEnd">): string {
  const folder = mkdtempSync(join(tmpdir(), "evenhour-bench-"));
  // As root, PostgreSQL runs as another user, who must be able to enter this folder.
  chmodSync(folder, 0o755);
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 10 }));
  return folder;
}

/** @param keep a folder that is retained with its databases */
export async function startServer(
  bench: Pick<Bench, "atEnd">,
  keep: string | null = null,
): Promise<BenchServer> {
  const dataDir = keep ? resolve(keep) : makeFolder(bench);
  if (keep) mkdirSync(dataDir, { recursive: true, mode: 0o755 });
  const { url, stop } = await startEmbedded({ dataDir });
  bench.atEnd(stop);
  const server = databaseAt(url, "postgres");
  const version = await ask(server, async (client) => {
    const { rows } = await client.query<{ version: string }>(
      "SELECT current_setting('server_version') AS version",
    );
    return rows[0]?.version ?? "";
  });
  return {
    dataDir,
    version,
    database: async (name) => {
      const isNew = await ask(server, async (client) => {
        const known = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
        if (known.rowCount === 0) await client.query(`CREATE DATABASE ${name}`);
        return known.rowCount === 0;
      });
      const address = databaseAt(url, name);
      await migrate(address);
      return { url: address, isNew };
    },
  };
}

/** Runs queries with a connection of their own. */
export async function ask<Answer>(
  url: string,
  work: (client: Client) => Promise<Answer>,
): Promise<Answer> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * One connection per client, open until the benchmark ends.
 * @param options server settings for them ("-c name=value")
 */
export async function connect(
  bench: Pick<Bench, "atEnd" | "clients">,
  url: string,
  options?: string,
): Promise<Client[]> {
  const clients = Array.from(
    { length: bench.clients },
    () => new Client({ connectionString: url, options }),
  );
  for (const client of clients) client.on("error", () => undefined);
  await Promise.all(clients.map((client) => client.connect()));
  bench.atEnd(() => Promise.all(clients.map((client) => client.end())));
  return clients;
}
