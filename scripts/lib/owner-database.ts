/** The database that `npm start` uses, for other commands. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { findEmbedded, startEmbedded } from "../../server/platform/db/embedded";
import { readEnvironment } from "../../server/platform/env";
import { onShutdown } from "../../server/platform/shutdown";
import { lockDataFolder } from "./data-folder";
import { requireUsableDatabase } from "./database";
import { UserFacingError } from "./user-facing-error";
import { userMessage } from "./user-message";

const say = (line: string) => console.log(`· ${line}`);

type Kind = "shared" | "alone";

/**
 * Calls `use` with the owner's database URL, then ends the process: with 0, or with 1 and a message. Starts the
 * embedded database when it does not run.
 * @param kind whether Evenhour may run at the same time
 */
export async function withDatabase(kind: Kind, use: (url: string) => Promise<void>): Promise<void> {
  let close = async () => undefined as unknown;
  const end = async (code: number) => {
    await close().catch((error: unknown) => console.error(error));
    process.exit(code);
  };
  onShutdown(() => void end(130));
  try {
    const { DATABASE_URL, EVENHOUR_DATA_DIR } = readEnvironment();
    if (DATABASE_URL) {
      await requireUsableDatabase(DATABASE_URL);
      await use(DATABASE_URL);
    } else {
      const { url, stop } = await embedded(kind, resolve(EVENHOUR_DATA_DIR));
      close = stop;
      await use(url);
    }
    await end(0);
  } catch (error) {
    console.error(userMessage(error) ?? error);
    await end(1);
  }
}

async function embedded(kind: Kind, dataDir: string) {
  if (kind === "shared" && !existsSync(join(dataDir, "database.json"))) {
    throw new UserFacingError(
      `There is no database in ${dataDir}: set EVENHOUR_DATA_DIR or DATABASE_URL as for npm start.`,
    );
  }
  const holder = lockDataFolder(dataDir);
  if (holder) {
    const url = kind === "shared" && findEmbedded(dataDir);
    if (url) return { url, stop: async () => undefined };
    throw new UserFacingError(
      kind === "shared"
        ? `Evenhour is just starting on ${dataDir}: try again in a moment.`
        : `Evenhour runs on ${dataDir} (process ${holder.heldBy}): stop it first.`,
    );
  }
  say("Starting the database…");
  return startEmbedded({ dataDir, say });
}
