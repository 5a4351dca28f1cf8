/** Traces of the machine room that nobody outside may read. */
export const INSIDE =
  /node_modules|\bat \S+ \(|\.(ts|js|mjs):\d+:\d+|prisma|PostgresError|violates|relation "|SQLSTATE|SELECT |ECONN/i;
