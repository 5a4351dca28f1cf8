/** What the journeys know of the running product; written by global-setup.ts. */
import { readFileSync } from "node:fs";

export type State = {
  baseUrl: string;
  /** The owner's address of the product's database. */
  databaseUrl: string;
  /** The one-time link that an empty installation prints. */
  setupLink: string;
  securityLog: string;
  /** The product's process. */
  pid: number;
};

/** The file's place goes to the workers in this variable. */
export const STATE_FILE = "EVENHOUR_E2E_STATE";

export const readState = (): State =>
  JSON.parse(readFileSync(process.env[STATE_FILE] ?? "", "utf8"));
