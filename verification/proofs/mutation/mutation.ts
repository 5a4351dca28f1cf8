/** One database rule, removed or weakened. */
export type Mutation = {
  /** Describes the mutation; a key of `equivalents`. */
  name: string;
  /** Selects the tests that are likeliest to notice. */
  subject: "tables" | "rights" | "functions" | "check" | "triggers";
  /** Turns a copy of the database into the mutant. */
  sql: string;
  /** Reverts a mutation of the whole server, which a copy does not contain. */
  undo?: string;
};
