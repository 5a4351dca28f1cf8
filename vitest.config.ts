import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";
import { leftOutOnSecond } from "./scripts/checks/test-servers.ts";
import { UNIT_LIMIT_MS } from "./scripts/lib/test-limits.ts";

const exclude = [...configDefaults.exclude, ".next/**", "e2e/**", "data*/**"];

const limits = { testTimeout: UNIT_LIMIT_MS, hookTimeout: UNIT_LIMIT_MS };

/** Tools that only measure are tested with them: `npm run bench -- --check`. */
const tools = "verification/bench/**";

const onDatabase = {
  globalSetup: "server/platform/db/testing/server.ts",
  setupFiles: "server/platform/db/testing/database.ts",
  pool: "forks" as const,
  // Modules are loaded once for all files of a worker: loading them took as long as the tests.
  isolate: false,
  // The server does half of the work: two files at a time, also where there are two cores.
  maxWorkers: 2,
  ...limits,
};

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    teardownTimeout: UNIT_LIMIT_MS,
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, tools, "**/*.db.test.ts"],
          pool: "forks",
          // As above: half of the time went into loading the same modules for each file.
          isolate: false,
          ...limits,
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["**/*.db.test.ts"],
          exclude: [...exclude, tools],
          ...onDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: "database-system",
          include: ["**/*.db.test.ts"],
          exclude: [...exclude, tools, ...leftOutOnSecond],
          ...onDatabase,
        },
      },
      {
        extends: true,
        test: {
          name: "bench",
          include: ["verification/bench/**/*.test.ts"],
          exclude,
          ...onDatabase,
        },
      },
    ],
  },
});
