import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Run } from "../proof";
import type { Answer, Catch, Task } from "./messages";

export type Tester = {
  /** The test files that may catch a mutant. */
  files: string[];
  /** Runs the tests against one mutant at a time. */
  test: (task: Task) => Promise<{ caught: Catch | null; filesRun: number }>;
};

/** @param template the owner's URL of the database to mutate, which must have no connections */
export async function startTester(run: Pick<Run, "atEnd">, template: string): Promise<Tester> {
  const child = fork(fileURLToPath(new URL("worker.ts", import.meta.url)), [template], {
    execArgv: ["--import", "tsx"],
  });
  run.atEnd(() => child.kill());
  const ready = await answerOf(child);
  if (ready.kind !== "ready") throw new Error("The worker did not start.");
  return {
    files: ready.files,
    test: async (task) => {
      const answer = answerOf(child);
      child.send(task);
      const message = await answer;
      if (message.kind === "trouble") throw new Error(`${message.sentence}\n  after ${task.sql}`);
      if (message.kind !== "done") throw new Error("The worker sent an unexpected message.");
      return message;
    },
  };
}

const answerOf = (child: ChildProcess): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const gone = (code: number | null) => reject(new Error(`A worker ended with ${code}.`));
    child.once("exit", gone);
    child.once("message", (answer: Answer) => {
      child.removeListener("exit", gone);
      resolve(answer);
    });
  });
