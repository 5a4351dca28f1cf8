/**
 * Rate limits for reading pages, API results and files. Counted in the process's memory: counting
 * in PostgreSQL would cost more than most reads, and each process protects itself.
 */
import { createHash } from "node:crypto";
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { networkOf } from "../../../domain/identity/network";

/** Short, so that a refused client waits only briefly. */
const WINDOW_SECONDS = 15;

/** The limit of an address (a community house, a school) as a multiple of one user's. */
const PEOPLE_AT_AN_ADDRESS = 5;
/** The limit of files (images, prefetched pages) as a multiple of the limit of pages. */
const FILES_OF_A_PAGE = 4;
/** The limit of searches as a fraction of it: a search costs the database as much as ten pages. */
const SEARCH_PART = 0.1;

export type ReadKind = "page" | "search" | "file";

export type Reader = {
  kind: ReadKind;
  /** The client's network address, from the socket or a trusted proxy. */
  address: string;
  /** The session cookie; undefined when not signed in. */
  session: string | undefined;
  /** How many reads the request makes; one when left out. */
  count?: number | undefined;
};

/**
 * @param perMinute requests per minute of one session or address; 0 for no limit
 * @returns a function that counts a request and returns the whole seconds to wait, 0 for none
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
    // The cookie is not verified here and may be made up, so the address counts as well.
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

/** @returns whole seconds to wait, 0 for none */
async function waitOf(limiter: RateLimiterMemory, key: string, count: number): Promise<number> {
  try {
    await limiter.consume(key, count);
    return 0;
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    return Math.max(1, Math.ceil(error.msBeforeNext / 1000));
  }
}
