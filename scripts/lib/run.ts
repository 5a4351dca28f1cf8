/** Runs a command as a child that ends when we end. */
import { type ChildProcess, spawn } from "node:child_process";

type Options = {
  /** Shown as it comes, besides being returned. */
  live?: boolean;
  env?: Record<string, string>;
};

const children = new Set<ChildProcess>();

/** Asks all children to end; they clean up after themselves. */
export function endChildren(): void {
  for (const child of children) child.kill("SIGTERM");
}

/** @returns what it said on both streams, in order, and its exit code */
export function run(
  command: string,
  args: string[],
  { live = false, env = {} }: Options = {},
): Promise<{ code: number; output: string }> {
  return new Promise((done, failed) => {
    const child = spawn(command, args, {
      stdio: ["ignore", "pipe", "pipe"],
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
    child.once("error", failed);
    child.once("close", (code) => {
      children.delete(child);
      done({ code: code ?? 1, output });
    });
  });
}

/** The same for a script of a package, under this very Node. */
export const runNode = (args: string[], options?: Options) => run(process.execPath, args, options);
