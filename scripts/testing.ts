/** Starts commands of the product as operators do, for tests. */
import { spawn } from "node:child_process";
import { join } from "node:path";

type Options = {
  /** The folder of the clone. */
  clone?: string;
  /** The command gets SIGTERM once its output matches this. */
  until?: RegExp;
};

/** An option of Node that makes every import of TypeScript, or of a TypeScript loader, fail. */
export const WITHOUT_TYPESCRIPT = importing(
  `import { register } from "node:module"; register(${JSON.stringify(
    script(`export function resolve(name, context, next) {
      if (/^tsx\\b|\\.tsx?$/.test(name)) throw new Error("TypeScript was loaded: " + name);
      return next(name, context);
    }`),
  )});`,
);

/** An option of Node that makes it name another version of itself. */
export const asNode = (version: string): string =>
  importing(`Object.defineProperty(process.versions, "node", { value: "${version}" })`);

function importing(text: string): string {
  return `--import=${script(text)}`;
}

function script(text: string): string {
  return `data:text/javascript,${encodeURIComponent(text)}`;
}

/** @returns the output of the command until it ended */
export function outputOf(
  command: "start" | "worker",
  env: Record<string, string>,
  { clone = ".", until }: Options = {},
): Promise<string> {
  const child = spawn(process.execPath, [join(clone, "scripts/start.mjs"), command], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (until?.test(output)) child.kill("SIGTERM");
    });
  }
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", () => resolve(output));
  });
}
