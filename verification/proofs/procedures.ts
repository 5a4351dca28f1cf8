/** The router as data: every procedure by its path, in its order. */
import type { z } from "zod";
import { appRouter } from "../../server/api/root";

type Procedure = {
  _def: {
    type: "query" | "mutation";
    /** What `.input()` was given. */
    inputs: z.ZodType[];
    /** The rungs of the ladder, then the check of the input, then the answer. */
    middlewares: unknown[];
  };
};

const procedures = appRouter._def.procedures as unknown as Record<string, Procedure>;

export const paths = Object.keys(procedures);

/** What tRPC knows of a procedure. */
export function definitionOf(path: string): Procedure["_def"] {
  const procedure = procedures[path];
  if (!procedure) throw new Error(`There is no procedure ${path}.`);
  return procedure._def;
}
