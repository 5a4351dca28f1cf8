import * as z from "zod/mini";
import { type InputOf, id, line, lines } from "../kernel/input";
import { isVisible } from "../kernel/text";
import { MAX_NAME_LENGTH } from "../place/neighbourhood";
import { point } from "../place/schema";
import { containsUrl, hasNameLetters, MAX_PERSON_NAME } from "./person-name";

/** A person's name: has a letter, a number or a picture, and is not a URL. */
export const personName = line(1, MAX_PERSON_NAME).check(
  z.superRefine((value, check) => {
    if (isVisible(value) && !hasNameLetters(value)) {
      check.addIssue({ code: "too_small", minimum: 1, origin: "string", input: value });
    }
    if (containsUrl(value)) {
      check.addIssue({ code: "custom", params: { say: "nameIsAddress" }, input: value });
    }
  }),
);

export const profileShape = {
  displayName: personName,
  about: lines(1500),
  languages: z.array(line(1, 40)).check(z.maxLength(12)),
  neighbourhood: line(0, MAX_NAME_LENGTH),
  contact: lines(300),
  /** The member's approximate location; null deletes it, and without it the stored one stays. */
  point: z.optional(z.nullable(point)),
};

export type ProfileInput = InputOf<typeof profileShape>;

/** A page of members, found by name, neighbourhood or number. */
export const memberListShape = {
  words: z._default(line(0, 60), ""),
  after: z.optional(id),
};
