/** The router as data: every procedure by its path, in declaration order. */
import type { z } from "zod";
import { appRouter } from "../../server/api/root";

type Procedure = {
  _def: {
    type: "query" | "mutation";
    /** The schemas given to `.input()`. */
    inputs: z.ZodType[];
    /** The access checks, then the input validation, then the resolver. */
    middlewares: unknown[];
  };
};

const procedures = appRouter._def.procedures as unknown as Record<string, Procedure>;

export const paths = Object.keys(procedures);

/** tRPC's definition of a procedure. @throws when there is none */
export function definitionOf(path: string): Procedure["_def"] {
  const procedure = procedures[path];
  if (!procedure) throw new Error(`There is no procedure ${path}.`);
  return procedure._def;
}
