import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { createVitest } from "vitest/node";
import type { Run } from "../proof";
import type { Trial, TrialResult } from "./messages";

declare module "vitest" {
  interface ProvidedContext {
    /** The loopback port from which the runner takes its trials. */
    trialsPort: number;
  }
}

/** Runs a test file in a database, one at a time, in a process that stays. */
export type Tester = (trial: Trial) => Promise<TrialResult>;

type Server = {
  /** The owner's URL of a database on the server. */
  url: string;
  login: { username: string; password: string };
};

/** Starts a Vitest process whose runner is trials.ts. */
export async function startTester(
  { atEnd }: Pick<Run, "atEnd">,
  { url, login }: Server,
): Promise<Tester> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("There is no port.");

  const vitest = await createVitest("test", {
    watch: false,
    project: "database",
    reporters: [{}],
    maxWorkers: 1,
    fileParallelism: false,
  });
  const project = vitest.getProjectByName("database");
  project.config.runner = resolve("verification/proofs/mutation/trials.ts");
  project.provide("templateUrl", url);
  project.provide("login", login);
  project.provide("trialsPort", address.port);
  // Vitest wants a file to run; the runner takes its trials instead.
  const [any] = await vitest.globTestSpecifications();
  if (!any) throw new Error("There are no database tests.");
  const run = vitest.runTestSpecifications([any]);
  const socket = await Promise.race([
    once(server, "connection").then(([connection]) => connection as Socket),
    run.then(({ unhandledErrors }) => {
      throw new Error(`Vitest ended: ${JSON.stringify(unhandledErrors)}`);
    }),
  ]);
  atEnd(async () => {
    socket.end();
    server.close();
    await run;
    await vitest.close();
  });
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  return async (trial) => {
    socket.write(`${JSON.stringify(trial)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error(`The tester ended in ${trial.file}.`);
    return JSON.parse(value);
  };
}
