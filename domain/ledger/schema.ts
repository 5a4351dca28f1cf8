import * as z from "zod/mini";
import { separators } from "../kernel/csv";
import { date, type InputOf, version } from "../kernel/input";

const periodShape = {
  direction: z._default(z.enum(["all", "in", "out"]), "all"),
  /** Local dates of the community, both inclusive. */
  from: z.optional(date),
  to: z.optional(date),
};

/** The lines of a statement that a member asks for. */
export const statementShape = {
  ...periodShape,
  /** The version of the oldest line already shown. */
  before: z.optional(version),
};

export type StatementFilters = InputOf<typeof statementShape>;

/** The query of a statement to print or download. */
export const statementFileShape = {
  ...periodShape,
  /** Another member's statement. An invalid id is refused, since the default is the caller's own. */
  member: z.optional(z.string()),
  separator: z.optional(z.enum(separators)),
};

/** A calendar year in the query of a page. */
export const yearShape = { year: z.optional(z.int().check(z.minimum(1900), z.maximum(2099))) };
