/**
 * The shapes of what comes in. Every object is strict; every text is cleaned before it is
 * measured. `server/errors.ts` turns what zod finds into a sentence for each field.
 */
import { z } from "zod";
import { DAY_MINUTES, MAX_WINDOWS_PER_DAY, weekdays } from "./availability";
import { interfaceLanguages } from "./community";
import { MAX_LATITUDE, MAX_LONGITUDE } from "./distance";
import { MAX_MINUTES } from "./hours";
import { categories, listingKinds, meetingPlaces, places } from "./listing";
import { MAX_NAME_LENGTH } from "./neighbourhood";
import { hasNameLetters, MAX_PERSON_NAME, namesAnAddress } from "./person-name";
import { clocks } from "./region";
import { MAX_MONTHS_APART, MAX_REPEATS, MAX_WEEKS_APART, monthlyKinds } from "./repeat";
import { orders, writtenLanguages } from "./search";
import { cleanLine, cleanText, isSeen, lengthOf } from "./text";

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

/** What a person is called: seen, pronounceable or at least a picture, and no address of a page. */
export const personName = line(1, MAX_PERSON_NAME).superRefine((value, check) => {
  if (isSeen(value) && !hasNameLetters(value)) {
    check.addIssue({ code: "too_small", minimum: 1, origin: "string", input: value });
  }
  if (namesAnAddress(value)) check.addIssue({ code: "custom", params: { say: "nameIsAddress" } });
});
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
/** 256 bits in base64url, as server/services/secret.ts makes them. */
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

/** A point in ten-thousandths of a degree. */
export const point = z.strictObject({
  latitude: z.int().min(-MAX_LATITUDE).max(MAX_LATITUDE),
  longitude: z.int().min(-MAX_LONGITUDE).max(MAX_LONGITUDE),
});

export const profileShape = {
  displayName: personName,
  about: lines(1500),
  languages: z.array(line(1, 40)).max(12),
  neighbourhood: line(0, MAX_NAME_LENGTH),
  contact: lines(300),
  /** Where about I live; null for nowhere. Left out, it stays as it was. */
  point: point.nullable().optional(),
};

export const neighbourhoodShape = {
  name: line(1, MAX_NAME_LENGTH),
  point,
};

export const listingShape = {
  kind: z.enum(listingKinds),
  title: line(3, 90),
  description: lines(3000),
  category: z.enum(categories),
  minutes,
  places: z.array(z.enum(places)).min(1).max(places.length),
  availability: line(0, 200),
  /** When a request is needed; "" when it does not matter. */
  neededOn: z.union([z.literal(""), date]).default(""),
  neededTime: z.union([z.literal(""), time]).default(""),
  /** In which it is written; the community's when it is left out. */
  language: z.enum(writtenLanguages).optional(),
};

const minuteOfDay = z.int().min(0).max(DAY_MINUTES);
/** The end of a stretch, which may be on the next day. */
const endMinute = z
  .int()
  .min(0)
  .max(2 * DAY_MINUTES);

/** A member's usual week, and the minutes that they keep free for the way. */
export const weekShape = {
  week: z
    .array(
      z.strictObject({
        weekday: z.int().min(1).max(7),
        starts: minuteOfDay,
        ends: endMinute,
      }),
    )
    .max(7 * MAX_WINDOWS_PER_DAY),
  travelMinutes: z.int().min(0).max(240),
};

/** Days that differ from the week; times are both given or both null. */
export const overrideShape = {
  firstDay: date,
  lastDay: date,
  starts: minuteOfDay.nullable(),
  ends: endMinute.nullable(),
};

const times = z.int().min(2).max(MAX_REPEATS);
/** Every so many weeks or months, two to twelve times. */
export const repeatShape = z.union([
  z.strictObject({ weeks: z.int().min(1).max(MAX_WEEKS_APART), times }),
  z.strictObject({
    months: z.int().min(1).max(MAX_MONTHS_APART),
    on: z.enum(monthlyKinds),
    times,
  }),
]);

/** What can be looked for among listings. */
export const searchShape = {
  words: line(0, 80).default(""),
  kind: z.enum(listingKinds).optional(),
  category: z.enum(categories).optional(),
  places: z.array(z.enum(places)).max(places.length).default([]),
  spoken: line(0, 40).default(""),
  within: z.union([z.literal(1), z.literal(3), z.literal(10)]).optional(),
  availableOn: z.literal(weekdays).optional(),
};
export const order = z.enum(orders).default("best");
/** Where a page of a list ended, as its `next` said. */
export const cursor = z.string().regex(/^[A-Za-z0-9_-]{1,160}$/);

/** When, how long and where: what a counter-proposal may change. */
export const termsShape = {
  date,
  time,
  minutes,
  place: z.enum(meetingPlaces),
  placeNote: line(0, 200),
};

export const rulesShape = {
  granularity: z.union([z.literal(5), z.literal(10), z.literal(15), z.literal(30), z.literal(60)]),
  floor: z.int().min(-MAX_MINUTES).max(0),
  newcomerFloor: z.int().min(-MAX_MINUTES).max(0),
  softFloor: z.int().min(-MAX_MINUTES).max(0),
  softCeiling: z.int().min(0).max(MAX_MINUTES),
  welcomeCredit: z.int().min(0).max(6000),
  confirmationDays: z.int().min(1).max(60),
  balancesVisible: z.boolean(),
};
