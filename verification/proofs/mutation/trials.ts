/**
 * Vitest's runner in the testers: instead of the file that Vitest asked for it runs, one after the other, the trials
 * that the proof sends. The process and its modules stay, as between the files of a usual run; only the test file and
 * the setup file are evaluated again. Starting Vitest for each trial took several times as long as the tests.
 */
import { connect } from "node:net";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { type File, startTests, type Task } from "@vitest/runner";
import { getNames, getTests } from "@vitest/runner/utils";
import { inject, TestRunner, vi } from "vitest";
import type { Trial, TrialResult } from "./messages";

type Modules = {
  fileToModulesMap: Map<string, Set<object>>;
  invalidateModule: (module: object) => void;
};

/** What Vitest keeps in its worker; `inject` reads from the first. */
type WorkerState = { providedContext: Record<string, unknown>; evaluatedModules: Modules };

const workerState = () => Reflect.get(globalThis, "__vitest_worker__") as WorkerState;

/** A mutant may make a test wait for ever. */
const LIMIT_MS = 60_000;

export default class TrialRunner extends TestRunner {
  /** Called for the setup file and the test file of Vitest's own run. */
  override async importFile(_path: string, source: "setup" | "collect"): Promise<void> {
    if (source === "collect") await this.serve(inject("trialsPort"));
  }

  private async serve(port: number): Promise<void> {
    const socket = connect(port, "127.0.0.1");
    for await (const line of createInterface({ input: socket })) {
      const result = await this.tryOut(JSON.parse(line));
      socket.write(`${JSON.stringify(result)}\n`);
    }
  }

  private async tryOut({ copy, file, only }: Trial): Promise<TrialResult> {
    const path = resolve(file);
    const { providedContext, evaluatedModules } = workerState();
    Object.assign(providedContext, { copy });
    for (const module of evaluatedModules.fileToModulesMap.get(path) ?? [])
      evaluatedModules.invalidateModule(module);
    const [ran] = await startTests([{ filepath: path, testIds: only }], this.quiet());
    vi.restoreAllMocks();
    return resultOf(ran);
  }

  /** A runner for one trial: it stops at the first failure, and reports nothing to Vitest's main process. */
  private quiet(): TestRunner {
    const runner: TestRunner = Object.create(this);
    return Object.assign(runner, {
      config: { ...this.config, testTimeout: LIMIT_MS, hookTimeout: LIMIT_MS },
      importFile: TestRunner.prototype.importFile,
      cancelRun: false,
      onCollected: undefined,
      onTaskUpdate: undefined,
      onTestAnnotate: undefined,
      onTestArtifactRecord: undefined,
      onCollectStart: TestRunner.prototype.onCollectStart,
      onAfterRunTask(test: Task) {
        if (test.result?.state === "fail") runner.cancel("test-failure");
        return TestRunner.prototype.onAfterRunTask.call(runner, test);
      },
      cancel: TestRunner.prototype.cancel,
    });
  }
}

function resultOf(file: File | undefined): TrialResult {
  if (!file) return { failed: null, trouble: "the file did not run" };
  const tests = getTests(file);
  const failed = tests.find(({ result }) => result?.state === "fail");
  const trouble = file.result?.errors?.[0]?.message ?? null;
  if (failed) return { failed: { id: failed.id, name: nameOf(failed) }, trouble };
  return { failed: null, trouble };
}

const nameOf = (test: Task): string => getNames(test).slice(1).join(" > ");
