import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Run } from "../proof";
import type { Answer, Catch, Task } from "./messages";

export type Tester = {
  /** The test files that may catch a mutant. */
  files: string[];
  /** Runs the tests against a mutant; one at a time. */
  test: (task: Task) => Promise<{ caught: Catch | null; filesRun: number }>;
};

/** @param template the owner's address of the database to mutate, to which nobody is connected */
export async function startTester(run: Pick<Run, "atEnd">, template: string): Promise<Tester> {
  const child = fork(fileURLToPath(new URL("worker.ts", import.meta.url)), [template], {
    execArgv: ["--import", "tsx"],
  });
  run.atEnd(() => child.kill());
  const ready = await answerOf(child);
  if (ready.kind !== "ready") throw new Error("The worker did not get ready.");
  return {
    files: ready.files,
    test: async (task) => {
      const answer = answerOf(child);
      child.send(task);
      const said = await answer;
      if (said.kind === "trouble") throw new Error(`${said.sentence}\n  after ${task.sql}`);
      if (said.kind !== "done") throw new Error("The worker is confused.");
      return said;
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
