import { z } from "zod";
import { date, type InputOf, line, lines, minutes, time } from "../kernel/input";
import { writtenLanguages } from "../kernel/written-languages";
import { categories, listingKinds, places } from "./listing";

export const listingShape = {
  kind: z.enum(listingKinds),
  title: line(3, 90),
  description: lines(3000),
  category: z.enum(categories),
  minutes,
  places: z.array(z.enum(places)).min(1).max(places.length),
  availability: line(0, 200),
  /** The date of a request; "" for any. */
  neededOn: z.union([z.literal(""), date]).default(""),
  neededTime: z.union([z.literal(""), time]).default(""),
  /** The language of the text; the community's if left out. */
  language: z.enum(writtenLanguages).optional(),
};

export type ListingInput = InputOf<typeof listingShape>;
