import { z } from "zod";
import { line } from "../kernel/input";
import { weekdays } from "../kernel/weekdays";
import { categories, listingKinds, places } from "../listing/listing";
import { orders } from "./search";

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
