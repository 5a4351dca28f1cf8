/**
 * The shapes of what comes in. Every object is strict; every text is cleaned before it is
 * measured. `server/api/errors.ts` turns what zod finds into a sentence for each field.
 */
import { z } from "zod";
import { MAX_MINUTES } from "./hours";
import { interfaceLanguages } from "./languages";
import { clocks } from "./region";
import { cleanLine, cleanText, isSeen, lengthOf } from "./text";
import { weekdays } from "./weekdays";

/** Refuses before cleaning what no form could have sent, so that a megabyte costs nothing. */
const RAW_FACTOR = 4;

const text = (clean: (raw: string) => string, min: number, max: number) =>
  z
    .string()
    .max(max * RAW_FACTOR + 100)
    .transform(clean)
    .superRefine((value, check) => {
      const length = lengthOf(value);
      if (min > 0 && !isSeen(value)) {
        check.addIssue({ code: "too_small", minimum: 1, origin: "string", input: value });
      } else if (length < min) {
        check.addIssue({ code: "too_small", minimum: min, origin: "string", input: value });
      } else if (length > max) {
        check.addIssue({ code: "too_big", maximum: max, origin: "string", input: value });
      }
    });

/** One line of `min` to `max` characters after cleaning. */
export const line = (min: number, max: number) => text(cleanLine, min, max);

/** Several lines of at most `max` characters after cleaning. */
export const lines = (max: number) => text(cleanText, 0, max);
/** Several lines that say something, of at most `max` characters after cleaning. */
export const someLines = (max: number) => text(cleanText, 1, max);

export const id = z.uuid();
export const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$/);
/**
 * An address of e-mail, as the browser's own field accepts it (HTML, "valid e-mail address"). A domain
 * in other letters is written as the browser writes it, in ASCII (UTS #46). What nobody sees, and comes along
 * from an address book, is removed.
 */
export const email = z
  .string()
  .max(254)
  .transform((raw) => withAsciiDomain(cleanLine(raw).toLowerCase()))
  .pipe(z.email({ pattern: z.regexes.html5Email }).max(254));

/**
 * An address that somebody else vouches for. With something unseen in it, which a form may hold by a
 * slip, it could be meant for another person: refused.
 */
export const vouchedEmail = z
  .string()
  .refine((raw) => cleanLine(raw) === raw)
  .pipe(email);

function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  if (at < 1 || /^\p{ASCII}*$/u.test(domain) || /[\s/?#:@\\]/.test(domain)) return address;
  const url = `http://${domain}`;
  return URL.canParse(url) ? `${address.slice(0, at)}@${new URL(url).hostname}` : address;
}

/** Passwords are taken as typed: no trimming, no composition rules. */
export const password = z.string().min(8).max(200);
/** 256 bits in base64url, as server/platform/tokens.ts makes them. */
export const token = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
export const minutes = z.int().min(1).max(MAX_MINUTES);
export const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
export const time = z.string().regex(/^\d{2}:\d{2}$/);
export const language = z.enum(interfaceLanguages);
export const timeZone = z.string().min(1).max(64);
/** ISO 3166 alpha-2; null for the region of the time zone. Left out, it stays as it was. */
export const region = z
  .string()
  .regex(/^[A-Z]{2}$/)
  .nullable()
  .optional();
/** How a member reads dates; null for as in their community. */
export const readerShape = {
  clock: z.enum(clocks).nullable(),
  firstDay: z.literal(weekdays).nullable(),
};
/** The version that the person saw, of an exchange or of an account: PostgreSQL's integer. */
export const version = z.int().min(1).max(2_147_483_647);

/** The input of a procedure inside a community, addressed by its slug. */
export const inCommunity = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ community: slug, ...shape });

/** Where a page of a list ended, as its `next` said. */
export const cursor = z.string().regex(/^[A-Za-z0-9_-]{1,160}$/);
