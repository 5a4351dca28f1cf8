/** What the tests know of the running product; written by global-setup.ts. */
import { readFileSync } from "node:fs";

export type State = {
  baseUrl: string;
  /** The owner's URL of the product's database. */
  databaseUrl: string;
  /** The one-time set-up link of an empty installation. */
  setupLink: string;
  securityLog: string;
  /** The product's process id. */
  pid: number;
};

/** The environment variable with the path of the state file. */
export const STATE_FILE = "EVENHOUR_E2E_STATE";

export const readState = (): State =>
  JSON.parse(readFileSync(process.env[STATE_FILE] ?? "", "utf8"));
