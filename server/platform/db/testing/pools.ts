/** Connections of a database test to its own database, as the owner and as the application. */
import type { Pool } from "pg";
import { env } from "../../env";
import { makePool } from "../pool";
import { asApplication } from "./urls";

/** The database URL of the owner. */
export const ownerUrl = (): string => env().DATABASE_URL;
/** The database URL of the restricted role. */
export const appUrl = (): string => asApplication(ownerUrl());

const pools = new Map<string, Pool>();

function poolOf(url: string): Pool {
  const existing = pools.get(url);
  if (existing) return existing;
  // As many as the test with the most parallel attempts needs.
  const pool = makePool({ connectionString: url, max: 20 });
  pool.on("error", () => undefined);
  pools.set(url, pool);
  return pool;
}

/** Connections as the owner, to prepare, damage and inspect rows. */
export const owner = (): Pool => poolOf(ownerUrl());
/** Connections in the restricted role. */
export const app = (): Pool => poolOf(appUrl());

/** Called after each file. */
export async function endPools(): Promise<void> {
  await Promise.all([...pools.values()].map((pool) => pool.end()));
  pools.clear();
}
