/** What the tests know of the running product that most of them share; written by global-setup.ts. */
import { readFileSync } from "node:fs";

export type State = {
  baseUrl: string;
  /** The owner's URL of the product's database. */
  databaseUrl: string;
  securityLog: string;
};

/** The environment variable with the path of the state file. */
export const STATE_FILE = "EVENHOUR_E2E_STATE";

export const readState = (): State =>
  JSON.parse(readFileSync(process.env[STATE_FILE] ?? "", "utf8"));
