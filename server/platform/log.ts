/**
 * The log of what concerns safety: who came in and how, what was refused to whom. One JSON object a
 * line, with the time in UTC; never a password, a token, an address of e-mail or what people wrote.
 */
import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { env } from "./env";
import { rotateLog } from "./files";

const ROTATION = { limit: 10_000_000, generations: 5 };

/** Milliseconds in which the lines of one source are counted. */
const WINDOW_MS = 10 * 60_000;
/** Lines of one source in a window; what comes after is told as a number. */
const REFUSALS = 40;
const CHANGES = 120;
/** Kinds of lines of one source of which the first is written, however many others there were. */
const MAX_KINDS = 60;
/** Sources that are counted at a time; the oldest goes first. */
const MAX_SOURCES = 10_000;

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

/** A person or an address, and what it has caused since its window began. */
type Source = Pick<Entry, "userId" | "address"> & {
  event: Entry["event"];
  since: Date;
  lines: number;
  unwritten: number;
  /** What it has caused so far, and why it was refused. */
  kinds: Set<string>;
};

const sources = new Map<string, Source>();

/**
 * Writes one line where EVENHOUR_SECURITY_LOG says; `npm start` sets it. What one person or address
 * repeats is summed up in one line, so that nobody can push out what others did. Never throws.
 */
export function logSecurity(entry: Entry, now = new Date()): void {
  const file = env().EVENHOUR_SECURITY_LOG;
  if (!file) return;
  try {
    for (const source of overAt(now)) write(file, source, now);
    const source = sourceOf(entry, now);
    const isRefusal = entry.event === "refused" || entry.event === "signInFailed";
    const kind = `${entry.what} ${entry.why}`;
    const isNew = source.kinds.size < MAX_KINDS && !source.kinds.has(kind);
    if (source.lines >= (isRefusal ? REFUSALS : CHANGES) && !isNew) {
      source.unwritten += 1;
      return;
    }
    source.kinds.add(kind);
    source.lines += 1;
    append(file, { at: now.toISOString(), ...entry });
  } catch (error) {
    // A full disk must not keep people out.
    console.error("[log]", error);
  }
}

function sourceOf({ event, userId, address }: Entry, now: Date): Source {
  const key = `${event} ${userId ?? address}`;
  const known = sources.get(key);
  if (known) return known;
  const made = {
    event,
    userId,
    address,
    since: now,
    lines: 0,
    unwritten: 0,
    kinds: new Set<string>(),
  };
  sources.set(key, made);
  return made;
}

/** Takes out those whose window is over. They stand in the order in which they began. */
function overAt(now: Date): Source[] {
  const over: Source[] = [];
  for (const [key, source] of sources) {
    const isOver = now.getTime() - source.since.getTime() >= WINDOW_MS || now < source.since;
    if (!isOver && sources.size <= MAX_SOURCES) break;
    sources.delete(key);
    over.push(source);
  }
  return over;
}

/** Sums up what was not written of a source. */
function write(
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

// What is not summed up yet when the process ends.
process.once("exit", () => {
  try {
    const file = env().EVENHOUR_SECURITY_LOG;
    const now = new Date();
    if (file) for (const source of sources.values()) write(file, source, now);
  } catch {
    // The disk is full, or the folder gone; nobody is there to be told.
  }
});
