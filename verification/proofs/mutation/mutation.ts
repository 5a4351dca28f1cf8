/** One rule of the database taken away or weakened. */
export type Mutation = {
  /** Says what is mutated; a key of `equivalents`. */
  name: string;
  /** Which tests are the likeliest to notice. */
  subject: "tables" | "rights" | "functions" | "check" | "triggers";
  /** What makes the mutant of a copy of the database. */
  sql: string;
  /** For what belongs to the whole server and not to one database: how it is taken back. */
  undo?: string;
};
