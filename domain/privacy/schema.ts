import { type InputOf, line, lines, someLines } from "../kernel/input";

/** What the coordinators say in the imprint and the privacy notice. */
export const privacyNoticeShape = {
  responsible: line(1, 120),
  address: someLines(300),
  contact: someLines(300),
  /** Empty where `contact` is the contact for data as well. */
  dataContact: lines(300),
  /** Empty where the coordinators do not say it. */
  hosting: line(0, 200),
  addition: lines(4000),
};

export type PrivacyNoticeInput = InputOf<typeof privacyNoticeShape>;

/** The query parameter of an invitation's token on the two pages. */
export const INVITATION_PARAMETER = "invitation";
