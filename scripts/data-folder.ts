/** The folder that holds the embedded database: one process at a time works on it. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { takeLock } from "./lock";
import { Refusal } from "./refusal";

/**
 * Takes the folder for this process.
 * @returns null, or the process that has it
 * @throws Refusal when it cannot be written
 */
export function takeFolder(dataDir: string): { heldBy: number } | null {
  try {
    mkdirSync(dataDir, { recursive: true });
    const lock = takeLock(join(dataDir, "evenhour.lock"));
    return "heldBy" in lock ? lock : null;
  } catch {
    throw new Refusal(
      `The data folder ${dataDir} cannot be written: give it to the user who runs Evenhour, or set EVENHOUR_DATA_DIR to another folder.`,
    );
  }
}
