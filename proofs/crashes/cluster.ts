import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Where the embedded database of a data folder lies; named only where it had to lie outside. */
export function clusterOf(dataDir: string): string {
  const { cluster } = JSON.parse(readFileSync(join(dataDir, "database.json"), "utf8"));
  return cluster ?? join(dataDir, "postgres");
}
