import { z } from "zod";
import { date, line, lines, minutes, time } from "../kernel/input";
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
  /** When a request is needed; "" when it does not matter. */
  neededOn: z.union([z.literal(""), date]).default(""),
  neededTime: z.union([z.literal(""), time]).default(""),
  /** In which it is written; the community's when it is left out. */
  language: z.enum(writtenLanguages).optional(),
};
