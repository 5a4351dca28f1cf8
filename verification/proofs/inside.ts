/** Traces of internals that no answer may contain. */
export const INSIDE =
  /node_modules|\bat \S+ \(|\.(ts|js|mjs):\d+:\d+|prisma|PostgresError|violates|relation "|SQLSTATE|SELECT |ECONN/i;
