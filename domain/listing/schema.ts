import * as z from "zod/mini";
import { date, type InputOf, line, lines, minutes, time } from "../kernel/input";
import { writtenLanguages } from "../kernel/written-languages";
import { categories, listingKinds, places } from "./listing";

const MAX_TITLE = 90;

export const listingShape = {
  kind: z.enum(listingKinds),
  title: line(3, MAX_TITLE),
  description: lines(3000),
  category: z.enum(categories),
  minutes,
  places: z.array(z.enum(places)).check(z.minLength(1), z.maxLength(places.length)),
  availability: line(0, 200),
  /** The date of a request; "" for any. */
  neededOn: z._default(z.union([z.literal(""), date]), ""),
  neededTime: z._default(z.union([z.literal(""), time]), ""),
  /** The language of the text; the community's if left out. */
  language: z.optional(z.enum(writtenLanguages)),
};

export type ListingInput = InputOf<typeof listingShape>;

/** What a link to the form of a new listing fills in. */
export const draftShape = {
  kind: z._default(listingShape.kind, "offer"),
  category: z.optional(listingShape.category),
  title: z.optional(line(0, MAX_TITLE)),
};

/** The query of the first steps of a new member. */
export const startShape = {
  step: z.optional(z.literal([1, 2, 3, 4])),
  category: draftShape.category,
  title: draftShape.title,
};
