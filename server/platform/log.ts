/**
 * The log of the running product on its two standard streams: lines for people, or with EVENHOUR_LOG=json one
 * JSON object a line. E-mail addresses, tokens and passwords in URLs are replaced in both, since errors of other
 * libraries may name them. Sign-ins and refusals are in the security log (security-log.ts).
 */
import { inspect, stripVTControlCharacters } from "node:util";

/** Each level includes those before it. */
export const LOG_LEVELS = ["error", "warn", "info", "debug"] as const;
export const LOG_FORMATS = ["text", "json"] as const;

type Level = (typeof LOG_LEVELS)[number];
type Fields = Record<string, string | number | boolean | null>;

/** The part of the product whose lines have no prefix for people: they are about the start and the stop. */
const START = "start";
/** Errors that caused one another, at most. */
const MAX_CAUSES = 4;

const REPLACED: readonly [pattern: RegExp, by: string][] = [
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, "$1[login]@"],
  [/[^\s/<>"'`(),:;=@[\]]+@[\p{L}\p{N}.-]+\.\p{L}{2,}/gu, "[e-mail]"],
  // 256 random bits in base64url, as newToken (tokens.ts) makes them.
  [/(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[\w-]{43}(?![\w-])/g, "[token]"],
];

/** A text without e-mail addresses, tokens and passwords in URLs. */
export const withoutSecrets = (text: string): string =>
  REPLACED.reduce((clean, [pattern, by]) => clean.replace(pattern, by), text);

/** Whether lines of this level are written. The variables are validated in env.ts. */
export function isLogged(level: Level): boolean {
  const limit = LOG_LEVELS.indexOf((process.env.EVENHOUR_LOG_LEVEL || "info") as Level);
  return LOG_LEVELS.indexOf(level) <= (limit < 0 ? LOG_LEVELS.indexOf("info") : limit);
}

const isJson = (): boolean => process.env.EVENHOUR_LOG === "json";

type Write = (part: string, what: unknown, fields?: Fields) => void;

const writer =
  (level: Level): Write =>
  (part, what, fields = {}) => {
    if (isLogged(level)) write(level, part, what, fields);
  };

/**
 * Each writes one line.
 * @param part the part of the product, such as "jobs"
 * @param what a sentence, or an error, of which only name, code, message, stack and causes are written: other
 *   properties, such as the detail of a database error, may contain texts of members
 * @param fields further values of the JSON object; people read the sentence
 */
export const log = {
  error: writer("error"),
  warn: writer("warn"),
  info: writer("info"),
  debug: writer("debug"),
};

/** Writes a line that the operator must see at any level, unchanged: the set-up link is a token. */
export function announce(line: string): void {
  if (isJson()) writeJson("info", { part: START, message: line });
  else console.log(line);
}

function write(level: Level, part: string, what: unknown, fields: Fields): void {
  const causes = causesOf(what);
  if (isJson()) {
    const [error, ...rest] = causes.map(describe);
    const message = withoutSecrets(error ? error.message : String(what));
    const errors = error ? { error: rest.length > 0 ? { ...error, causes: rest } : error } : {};
    const values = Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === "string" ? withoutSecrets(value) : value,
    ]);
    writeJson(level, { part, message, ...Object.fromEntries(values), ...errors });
    return;
  }
  const text = withoutSecrets(
    causes.length > 0 ? causes.map(stackOf).join("\nCaused by ") : String(what),
  );
  if (level === "info") console.log(`· ${text}`);
  else if (level === "debug") console.log(`[${part}] ${text}`);
  else console[level](part === START ? text : `[${part}] ${text}`);
}

function writeJson(level: Level, values: Record<string, unknown>): void {
  const line = `${JSON.stringify({ time: new Date().toISOString(), level, ...values })}\n`;
  (level === "error" || level === "warn" ? process.stderr : process.stdout).write(line);
}

/** The error and what caused it; nothing for a value that is no error. */
function causesOf(what: unknown): Error[] {
  const causes: Error[] = [];
  for (let each = what; each instanceof Error && causes.length < MAX_CAUSES; each = each.cause) {
    causes.push(each);
  }
  return causes;
}

const stackOf = (error: Error): string => error.stack ?? `${error.name}: ${error.message}`;

function describe(error: Error) {
  const { name, message } = error;
  const code = "code" in error ? { code: String(error.code) } : {};
  return { name, message: withoutSecrets(message), ...code, stack: withoutSecrets(stackOf(error)) };
}

const CONSOLE = {
  error: "error",
  warn: "warn",
  info: "info",
  log: "info",
  debug: "debug",
} as const;

/**
 * With EVENHOUR_LOG=json, what libraries write to the console and Node's own warnings become JSON lines too.
 * Called once, before anything is written.
 */
export function captureConsole(): void {
  if (!isJson()) return;
  for (const [method, level] of Object.entries(CONSOLE)) {
    Object.assign(console, {
      [method]: (...values: unknown[]) => {
        if (isLogged(level)) write(level, "console", sentenceOf(values), {});
      },
    });
  }
  process.removeAllListeners("warning");
  process.on("warning", (warning) => log.warn("node", warning));
}

/** What console.log would print, on one line; an error when there is no other value. */
function sentenceOf(values: unknown[]): unknown {
  if (values.length === 1 && values[0] instanceof Error) return values[0];
  const texts = values.map((value) =>
    typeof value === "string" ? value : value instanceof Error ? stackOf(value) : inspect(value),
  );
  return stripVTControlCharacters(texts.join(" ")).trim();
}
