/**
 * The log of what concerns safety: who came in and how, what was refused to whom. One JSON object a
 * line, with the time in UTC; never a password, a token, an address of e-mail or what people wrote.
 */
import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { env } from "./env";

/** Bytes; the log before is kept once beside it. */
const LIMIT = 10_000_000;

type Entry = {
  event: "signedIn" | "signInFailed" | "signedOut" | "changed" | "refused";
  /** The procedure, or the way of signing in. */
  what: string;
  /** The refusal's name. */
  why?: string;
  userId?: string | undefined;
  /** The network address, as far as it can be trusted. */
  address?: string;
};

/** Writes one line where EVENHOUR_SECURITY_LOG says; `npm start` sets it. Never throws. */
export function logSecurity(entry: Entry, now = new Date()): void {
  const file = env().EVENHOUR_SECURITY_LOG;
  if (!file) return;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    rotate(file);
    appendFileSync(file, `${JSON.stringify({ at: now.toISOString(), ...entry })}\n`, {
      mode: 0o600,
    });
  } catch (error) {
    // A full disk must not keep people out.
    console.error("[log]", error);
  }
}

function rotate(file: string): void {
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LIMIT) renameSync(file, `${file}.1`);
}
