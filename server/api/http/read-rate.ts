/**
 * How often pages, answers and files may be read. Counted in this process's memory: a count in
 * PostgreSQL would cost more than most of what it counts, and each process protects itself.
 */
import { createHash } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "../../../domain/identity/network";

/** Seconds; short, so that whoever was refused waits little. */
const WINDOW_SECONDS = 15;

/** People behind one address (a community house, a school) as a multiple of one person. */
const PEOPLE_AT_AN_ADDRESS = 5;
/** Pictures of a page, and what it fetches ahead, as a multiple of what a person opens. */
const FILES_OF_A_PAGE = 4;
/** Searches as a part of it: one costs the database as much as ten other pages. */
const SEARCH_PART = 0.1;

export type ReadKind = "page" | "search" | "file";

export type Reader = {
  kind: ReadKind;
  /** The network address, as far as it can be trusted. */
  address: string;
  /** The session's cookie; undefined for a stranger. */
  session: string | undefined;
  /** How many readings the request asks for at once; one when left out. */
  count?: number | undefined;
};

/**
 * @param perMinute requests of one person or stranger a minute; 0 for no limit
 * @returns counts a request; whole seconds to wait when there were too many, else 0
 */
export function makeReadRate(perMinute: number): (reader: Reader) => Promise<number> {
  if (perMinute === 0) return async () => 0;
  const points = (factor: number) =>
    Math.max(1, Math.ceil((perMinute * factor * WINDOW_SECONDS) / 60));
  const limiter = (factor: number) =>
    new RateLimiterMemory({ points: points(factor), duration: WINDOW_SECONDS });
  const person = { page: limiter(1), search: limiter(SEARCH_PART), file: limiter(FILES_OF_A_PAGE) };
  const address = {
    page: limiter(PEOPLE_AT_AN_ADDRESS),
    search: limiter(SEARCH_PART * PEOPLE_AT_AN_ADDRESS),
    file: limiter(FILES_OF_A_PAGE * PEOPLE_AT_AN_ADDRESS),
  };
  return async (reader) => {
    const { kind, session, count = 1 } = reader;
    const network = networkOf(reader.address);
    // A cookie that opens nothing is a name that anybody can make up: the address counts as well.
    const who = session
      ? `session ${createHash("sha256").update(session).digest("base64url")}`
      : `address ${network}`;
    const waits = [
      await waitOf(person[kind], who, count),
      await waitOf(address[kind], network, count),
    ];
    return Math.max(...waits);
  };
}

/** @returns whole seconds to wait, 0 when there is room */
async function waitOf(limiter: RateLimiterMemory, key: string, count: number): Promise<number> {
  try {
    await limiter.consume(key, count);
    return 0;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
  }
}
