/**
 * The security log: sign-ins, sign-outs, changes of credentials and refusals. One JSON object a line, times in
 * UTC. It never contains a password, a token, an e-mail address or a text that a member wrote.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { env } from "./env";
import { rotateLog } from "./files";
import { log } from "./log";

const ROTATION = { limit: 10_000_000, generations: 5 };

/** The time for which the lines of one source are counted. */
const WINDOW_MS = 10 * 60_000;
/** Lines of one source in a window. Entries beyond it are only counted. */
const MAX_REFUSALS = 40;
const MAX_CHANGES = 120;
/** Up to this many kinds, the first entry of each kind is written even beyond the limit. */
const MAX_KINDS = 60;
/** Sources counted at a time. The oldest is dropped first. */
const MAX_SOURCES = 10_000;

type Entry = {
  event: "signedIn" | "signInFailed" | "signedOut" | "changed" | "refused";
  /** The procedure or the sign-in method. */
  what: string;
  /** The error code of a refusal. */
  why?: string;
  userId?: string | undefined;
  /** The client's network address, behind TRUST_PROXY proxies. */
  address?: string;
};

/** A user or a network address, and its entries since its window began. */
type Source = Pick<Entry, "userId" | "address"> & {
  event: Entry["event"];
  since: Date;
  lines: number;
  unwritten: number;
  /** `what` and `why` of its entries. */
  kinds: Set<string>;
};

const sources = new Map<string, Source>();

/**
 * Appends one line to the file EVENHOUR_SECURITY_LOG, which `npm start` sets. Repeated entries of one user or
 * address become one summary line, so that they cannot crowd out other entries. Never throws.
 */
export function logSecurity(entry: Entry, now = new Date()): void {
  const file = env().EVENHOUR_SECURITY_LOG;
  if (!file) return;
  try {
    for (const source of takeExpired(now)) writeSummary(file, source, now);
    const source = sourceOf(entry, now);
    const isRefusal = entry.event === "refused" || entry.event === "signInFailed";
    const kind = `${entry.what} ${entry.why}`;
    const isNew = source.kinds.size < MAX_KINDS && !source.kinds.has(kind);
    if (source.lines >= (isRefusal ? MAX_REFUSALS : MAX_CHANGES) && !isNew) {
      source.unwritten += 1;
      return;
    }
    source.kinds.add(kind);
    source.lines += 1;
    append(file, { at: now.toISOString(), ...entry });
  } catch (error) {
    // A full disk must not prevent sign-in.
    log.error("log", error);
  }
}

function sourceOf({ event, userId, address }: Entry, now: Date): Source {
  const key = `${event} ${userId ?? address}`;
  const existing = sources.get(key);
  if (existing) return existing;
  const source = {
    event,
    userId,
    address,
    since: now,
    lines: 0,
    unwritten: 0,
    kinds: new Set<string>(),
  };
  sources.set(key, source);
  return source;
}

/** Removes and returns the sources whose window is over. The map is in the order in which windows began. */
function takeExpired(now: Date): Source[] {
  const expired: Source[] = [];
  for (const [key, source] of sources) {
    const isOver = now.getTime() - source.since.getTime() >= WINDOW_MS || now < source.since;
    if (!isOver && sources.size <= MAX_SOURCES) break;
    sources.delete(key);
    expired.push(source);
  }
  return expired;
}

/** Writes the number of entries of a source that were not written. */
function writeSummary(
  file: string,
  { unwritten, event, userId, address, since }: Source,
  now: Date,
): void {
  if (unwritten === 0) return;
  const sum = { repeated: unwritten, since: since.toISOString() };
  append(file, { at: now.toISOString(), event, what: "more of the same", userId, address, ...sum });
}

function append(file: string, line: object): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  rotateLog(file, ROTATION);
  appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
}

// Writes the pending summaries when the process ends.
process.once("exit", () => {
  try {
    const file = env().EVENHOUR_SECURITY_LOG;
    const now = new Date();
    if (file) for (const source of sources.values()) writeSummary(file, source, now);
  } catch {
    // The disk is full or the folder is gone. The process is ending, so nothing can report it.
  }
});
