/**
 * Zod schemas of input. Every object is strict; every text is cleaned before its length is checked.
 * `server/api/errors.ts` turns zod's issues into a message for each field.
 */
import { z } from "zod";
import { MAX_MINUTES } from "./hours";
import { interfaceLanguages } from "./languages";
import { clocks } from "./region";
import { cleanLine, cleanText, isVisible, lengthOf } from "./text";
import { weekdays } from "./weekdays";

/** Text longer than this times its maximum is refused before cleaning, which is the costly part. */
const RAW_FACTOR = 4;

const text = (clean: (raw: string) => string, min: number, max: number) =>
  z
    .string()
    .max(max * RAW_FACTOR + 100)
    .transform(clean)
    .superRefine((value, check) => {
      const length = lengthOf(value);
      if (min > 0 && !isVisible(value)) {
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
/** The same, and not empty. */
export const someLines = (max: number) => text(cleanText, 1, max);

export const id = z.uuid();
export const slug = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$/);
/**
 * An e-mail address, as the browser's own field accepts it (HTML, "valid e-mail address"). An
 * international domain is converted to ASCII as in browsers (UTS #46). Invisible characters, which
 * come along when an address is pasted, are removed.
 */
export const email = z
  .string()
  .max(254)
  .transform((raw) => withAsciiDomain(cleanLine(raw).toLowerCase()))
  .pipe(z.email({ pattern: z.regexes.html5Email }).max(254));

/**
 * An e-mail address from an OpenID Connect provider. One with invisible characters is refused: it
 * could impersonate another user's address.
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
/** How a user reads dates; null for their community's setting. */
export const readerShape = {
  clock: z.enum(clocks).nullable(),
  firstDay: z.literal(weekdays).nullable(),
};
/** The version of an exchange or account that the member saw: an `integer` of PostgreSQL. */
export const version = z.int().min(1).max(2_147_483_647);

/** What a shape has read: the type of the input of a use case. */
export type InputOf<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>>;

/** The input of a procedure inside a community, which is named by its slug. */
export const inCommunity = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject({ community: slug, ...shape });

/** The `next` of the previous page of a list. */
export const cursor = z.string().regex(/^[A-Za-z0-9_-]{1,160}$/);
