/** Commands of the product, started as its users start them. */
import { spawn } from "node:child_process";
import { join } from "node:path";

type Options = {
  /** The folder of the clone. */
  clone?: string;
  /** Asked to end once it said this. */
  until?: RegExp;
};

/** Node's option that makes every import of TypeScript, or of what loads it, fail. */
export const WITHOUT_TYPESCRIPT = importing(
  `import { register } from "node:module"; register(${JSON.stringify(
    script(`export function resolve(name, context, next) {
      if (/^tsx\\b|\\.tsx?$/.test(name)) throw new Error("TypeScript was loaded: " + name);
      return next(name, context);
    }`),
  )});`,
);

function importing(text: string): string {
  return `--import=${script(text)}`;
}

function script(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

/** @returns what it said until it ended */
export function saidBy(
  command: "start" | "worker",
  env: Record<string, string>,
  { clone = ".", until }: Options = {},
): Promise<string> {
  const child = spawn(process.execPath, [join(clone, "scripts/start.mjs"), command], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (until?.test(said)) child.kill("SIGTERM");
    });
  }
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", () => done(said));
  });
}
