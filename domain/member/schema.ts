import { z } from "zod";
import { line, lines } from "../kernel/input";
import { isSeen } from "../kernel/text";
import { MAX_NAME_LENGTH } from "../place/neighbourhood";
import { point } from "../place/schema";
import { hasNameLetters, MAX_PERSON_NAME, namesAnAddress } from "./person-name";

/** What a person is called: seen, pronounceable or at least a picture, and no address of a page. */
export const personName = line(1, MAX_PERSON_NAME).superRefine((value, check) => {
  if (isSeen(value) && !hasNameLetters(value)) {
    check.addIssue({ code: "too_small", minimum: 1, origin: "string", input: value });
  }
  if (namesAnAddress(value)) check.addIssue({ code: "custom", params: { say: "nameIsAddress" } });
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
