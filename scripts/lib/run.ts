/** Runs commands as child processes, and ends them with this process. */
import { type ChildProcess, spawn } from "node:child_process";

type Options = {
  /** Whether the output is also printed as it arrives. */
  live?: boolean;
  env?: Record<string, string>;
  cwd?: string;
};

const children = new Set<ChildProcess>();

/** Sends SIGTERM to all children. */
export function endChildren(): void {
  for (const child of children) child.kill("SIGTERM");
}

/** @returns the output of both streams in order, and the exit code */
export function run(
  command: string,
  args: string[],
  { live = false, env = {}, cwd }: Options = {},
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
      cwd,
      env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, ...env },
    });
    children.add(child);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        output += text;
        if (live) process.stdout.write(text);
      });
    }
    child.once("error", reject);
    child.once("close", (code) => {
      children.delete(child);
      resolve({ code: code ?? 1, output });
    });
  });
}

/** Runs a script with this process's Node. */
export const runNode = (args: string[], options?: Options) => run(process.execPath, args, options);
