/**
 * A process with one Vitest that runs the database tests against one mutant after the other.
 * Started by fork; its argument is the owner's URL of the database to mutate.
 */
import { relative } from "node:path";
import { Client } from "pg";
import { createVitest, type TestSpecification, type Vitest } from "vitest/node";
import { provideAppLogin } from "../../../server/platform/db/app-login";
import { databaseAt, TEST_SECRET } from "../../../server/platform/db/testing/urls";
import type { Answer, Catch, Task } from "./messages";

/** Compares schema texts: it would catch every mutant without testing any behaviour. */
const DRIFT = "server/platform/db/migrate.db.test.ts";
/** Tests of the database and of the commands. */
const CATCHERS = /^(server\/(?!api\/|backup\/)|prisma\/demo\/)/;

const original = process.argv[2] ?? "";
const mutant = `evenhour_mutant_${process.pid}`;

async function onDatabase(name: string, ...questions: string[]): Promise<void> {
  const client = new Client({ connectionString: databaseAt(original, name) });
  await client.connect();
  try {
    for (const question of questions) await client.query(question);
  } finally {
    await client.end();
  }
}

/** @throws when Vitest itself fails, as opposed to a test */
async function firstFailure(
  vitest: Vitest,
  specification: TestSpecification,
): Promise<Catch | null> {
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([specification]);
  const file = relative(process.cwd(), specification.moduleId);
  const module = testModules.find(({ moduleId }) => moduleId === specification.moduleId);
  if (!module) throw new Error(`${file} did not run: ${JSON.stringify(unhandledErrors)}`);
  const failed = [...module.children.allTests("failed")][0];
  return failed ? { file, test: failed.fullName } : null;
}

async function main(): Promise<void> {
  const vitest = await createVitest("test", {
    watch: false,
    project: "database",
    reporters: [{}],
    bail: 1,
    maxWorkers: 1,
    fileParallelism: false,
  });
  const project = vitest.getProjectByName("database");
  const known = new Map(
    (await vitest.globTestSpecifications()).map((specification) => [
      relative(process.cwd(), specification.moduleId),
      specification,
    ]),
  );

  const address = new URL(await provideAppLogin(original, TEST_SECRET));
  const login = { username: address.username, password: address.password };

  async function work({ sql, undo, files }: Task): Promise<Answer> {
    const template = new URL(original).pathname.slice(1);
    await onDatabase("postgres", `CREATE DATABASE ${mutant} TEMPLATE ${template}`);
    try {
      await onDatabase(mutant, sql);
      let filesRun = 0;
      for (const file of files) {
        const specification = known.get(file);
        if (!specification) throw new Error(`${file} has no tests.`);
        project.provide("templateUrl", databaseAt(original, mutant));
        project.provide("login", login);
        filesRun += 1;
        const caught = await firstFailure(vitest, specification);
        if (caught) return { kind: "done", caught, filesRun };
      }
      return { kind: "done", caught: null, filesRun };
    } finally {
      if (undo) await onDatabase("postgres", undo);
      await onDatabase("postgres", `DROP DATABASE ${mutant} WITH (FORCE)`);
    }
  }

  const tell = (answer: Answer) => process.send?.(answer);
  process.on("message", (task: Task) => {
    work(task).then(tell, (error: unknown) =>
      tell({ kind: "trouble", sentence: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.once("disconnect", () => process.exit());
  const files = [...known.keys()].filter((file) => CATCHERS.test(file) && file !== DRIFT);
  tell({ kind: "ready", files });
}

await main();
