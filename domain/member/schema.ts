import { z } from "zod";
import { type InputOf, line, lines } from "../kernel/input";
import { isVisible } from "../kernel/text";
import { MAX_NAME_LENGTH } from "../place/neighbourhood";
import { point } from "../place/schema";
import { containsUrl, hasNameLetters, MAX_PERSON_NAME } from "./person-name";

/** A person's name: has a letter, a number or a picture, and is not a URL. */
export const personName = line(1, MAX_PERSON_NAME).superRefine((value, check) => {
  if (isVisible(value) && !hasNameLetters(value)) {
    check.addIssue({ code: "too_small", minimum: 1, origin: "string", input: value });
  }
  if (containsUrl(value)) check.addIssue({ code: "custom", params: { say: "nameIsAddress" } });
});

export const profileShape = {
  displayName: personName,
  about: lines(1500),
  languages: z.array(line(1, 40)).max(12),
  neighbourhood: line(0, MAX_NAME_LENGTH),
  contact: lines(300),
  /** The member's approximate location; null deletes it, and without it the stored one stays. */
  point: point.nullable().optional(),
};

export type ProfileInput = InputOf<typeof profileShape>;
