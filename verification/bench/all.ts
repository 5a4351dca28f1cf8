/** The parts of the measuring, in the order in which they run. */
import type { Part } from "./part";

/** Each is loaded when it runs, since it needs the generated client. */
export const parts: Record<string, () => Promise<Part>> = {
  books: async () => (await import("./books")).books,
  hot: async () => (await import("./hot")).hot,
  size: async () => (await import("./size")).size,
  search: async () => (await import("./search")).search,
  pages: async () => (await import("./pages")).pages,
  start: async () => (await import("./start")).start,
};
