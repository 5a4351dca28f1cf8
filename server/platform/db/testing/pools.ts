/** For database tests: this file's own database, as its owner and as the application. */
import type { Pool } from "pg";
import { env } from "../../env";
import { makePool } from "../pool";
import { asApplication } from "./urls";

/** The owner's address. */
export const ownerUrl = (): string => env().DATABASE_URL;
/** The address by which one is the restricted role. */
export const appUrl = (): string => asApplication(ownerUrl());

const pools = new Map<string, Pool>();

function poolOf(url: string): Pool {
  const known = pools.get(url);
  if (known) return known;
  // As many as the most parallel test has attempts.
  const pool = makePool({ connectionString: url, max: 20 });
  pool.on("error", () => undefined);
  pools.set(url, pool);
  return pool;
}

/** Connections as the owner, who may do everything: to prepare, to damage, to look. */
export const owner = (): Pool => poolOf(ownerUrl());
/** Connections in the restricted role. */
export const app = (): Pool => poolOf(appUrl());

/** Called after each file. */
export async function endPools(): Promise<void> {
  await Promise.all([...pools.values()].map((pool) => pool.end()));
  pools.clear();
}
