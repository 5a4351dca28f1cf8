import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";
import { UNIT_LIMIT_MS } from "./scripts/test-limits";

const exclude = [...configDefaults.exclude, ".next/**", "e2e/**", "data*/**"];

const limits = { testTimeout: UNIT_LIMIT_MS, hookTimeout: UNIT_LIMIT_MS };

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
          exclude: [...exclude, "**/*.db.test.ts"],
          ...limits,
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["**/*.db.test.ts"],
          exclude,
          globalSetup: "server/db/testing/server.ts",
          setupFiles: "server/db/testing/database.ts",
          pool: "forks",
          // Modules are loaded once for all files of a worker: loading them took as long as the tests.
          isolate: false,
          // The server does half of the work: two files at a time, also where there are two cores.
          maxWorkers: 2,
          ...limits,
        },
      },
    ],
  },
});
