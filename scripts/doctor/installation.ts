/** What the checks of the doctor work on. */
import type { Client } from "pg";
import type { readEnvironment } from "../../server/platform/env";

export type Installation = {
  variables: ReturnType<typeof readEnvironment>;
  /** An origin, as in PUBLIC_URL. */
  publicUrl: string;
  /** Absolute. */
  dataDir: string;
  /** The folder of the embedded database; null for an own PostgreSQL. */
  cluster: string | null;
  now: Date;
  /** Whether the product runs, as far as its lock and its port say. */
  isRunning: boolean;
};

/** The owner's connection, and its URL. */
export type Database = { client: Client; url: string };
