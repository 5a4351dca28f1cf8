/**
 * Zod schemas of input. Every object is strict; every text is cleaned before its length is checked.
 * `server/api/errors.ts` turns zod's issues into a message for each field. Forms read their fields by
 * these schemas, so pages send them to browsers: zod/mini is a third of the size of zod.
 */
import * as z from "zod/mini";
import { MAX_MINUTES } from "./hours";
import { interfaceLanguages } from "./languages";
import { clocks } from "./region";
import { cleanLine, cleanText, isVisible, lengthOf } from "./text";
import { weekdays } from "./weekdays";

/** Text longer than this times its maximum is refused before cleaning, which is the costly part. */
const RAW_FACTOR = 4;

const text = (clean: (raw: string) => string, min: number, max: number) =>
  z.pipe(z.string().check(z.maxLength(max * RAW_FACTOR + 100)), z.transform(clean)).check(
    z.superRefine((value, check) => {
      const length = lengthOf(value);
      if (min > 0 && !isVisible(value)) {
        check.addIssue({ code: "too_small", minimum: 1, origin: "string", input: value });
      } else if (length < min) {
        check.addIssue({ code: "too_small", minimum: min, origin: "string", input: value });
      } else if (length > max) {
        check.addIssue({ code: "too_big", maximum: max, origin: "string", input: value });
      }
    }),
  );

/** One line of `min` to `max` characters after cleaning. */
export const line = (min: number, max: number) => text(cleanLine, min, max);

/** Several lines of at most `max` characters after cleaning. */
export const lines = (max: number) => text(cleanText, 0, max);
/** The same, and not empty. */
export const someLines = (max: number) => text(cleanText, 1, max);

export const id = z.uuid();
export const slug = z.string().check(z.regex(/^[a-z0-9](?:[a-z0-9-]{0,60}[a-z0-9])?$/));
/**
 * An e-mail address, as the browser's own field accepts it (HTML, "valid e-mail address"). An
 * international domain is converted to ASCII as in browsers (UTS #46). Invisible characters, which
 * come along when an address is pasted, are removed.
 */
export const email = z.pipe(
  z.pipe(
    z.string().check(z.maxLength(254)),
    z.transform((raw: string) => withAsciiDomain(cleanLine(raw).toLowerCase())),
  ),
  z.email({ pattern: z.regexes.html5Email }).check(z.maxLength(254)),
);

/**
 * An e-mail address from an OpenID Connect provider. One with invisible characters is refused: it
 * could impersonate another user's address.
 */
export const vouchedEmail = z.pipe(
  z.string().check(z.refine((raw) => cleanLine(raw) === raw)),
  email,
);

function withAsciiDomain(address: string): string {
  const at = address.lastIndexOf("@");
  const domain = address.slice(at + 1);
  if (at < 1 || /^\p{ASCII}*$/u.test(domain) || /[\s/?#:@\\]/.test(domain)) return address;
  const url = `http://${domain}`;
  return URL.canParse(url) ? `${address.slice(0, at)}@${new URL(url).hostname}` : address;
}

/** Passwords are taken as typed: no trimming, no composition rules. */
export const password = z.string().check(z.minLength(8), z.maxLength(200));
/** 256 bits in base64url, as server/platform/tokens.ts makes them. */
export const token = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/));
export const minutes = z.int().check(z.minimum(1), z.maximum(MAX_MINUTES));
export const date = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/));
export const time = z.string().check(z.regex(/^\d{2}:\d{2}$/));
export const language = z.enum(interfaceLanguages);
export const timeZone = z.string().check(z.minLength(1), z.maxLength(64));
/** ISO 3166 alpha-2; null for the region of the time zone. Left out, it stays as it was. */
export const region = z.optional(z.nullable(z.string().check(z.regex(/^[A-Z]{2}$/))));
/** How a user reads dates; null for their community's setting. */
export const readerShape = {
  clock: z.nullable(z.enum(clocks)),
  firstDay: z.nullable(z.literal(weekdays)),
};
/** The version of an exchange or account that the member saw: an `integer` of PostgreSQL. */
export const version = z.int().check(z.minimum(1), z.maximum(2_147_483_647));

/** The fields of an input by name. */
export type Shape = z.core.$ZodShape;

/** What a shape has read: the type of the input of a use case. */
export type InputOf<Fields extends Shape> = z.output<z.ZodMiniObject<Fields>>;

/** The input of a procedure inside a community, which is named by its slug. */
export const inCommunity = <Fields extends Shape>(shape: Fields) =>
  z.strictObject({ community: slug, ...shape });

/** The `next` of the previous page of a list. */
export const cursor = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,160}$/));
