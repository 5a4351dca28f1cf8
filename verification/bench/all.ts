/** The parts of the benchmark, in the order in which they run. */
import type { Part } from "./part";

/** Loaded on demand, since each part needs the generated Prisma client. */
export const parts: Record<string, () => Promise<Part>> = {
  books: async () => (await import("./books")).books,
  hot: async () => (await import("./hot")).hot,
  size: async () => (await import("./size")).size,
  search: async () => (await import("./search")).search,
  pages: async () => (await import("./pages")).pages,
  bundle: async () => (await import("./bundle")).bundle,
  streams: async () => (await import("./streams")).streams,
  start: async () => (await import("./start")).start,
};
