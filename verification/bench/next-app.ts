/** Next on its own: builds the empty page, and serves a built folder without the product. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { runNode } from "../../scripts/lib/run";
import { freePort } from "../../server/platform/db/embedded";
import type { Bench } from "./part";

const NEXT = "node_modules/next/dist/bin/next";
export const EMPTY_APP = fileURLToPath(new URL("./empty-app", import.meta.url));

export async function buildEmptyApp(): Promise<void> {
  const { code, output } = await runNode([NEXT, "build", EMPTY_APP], {
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (code !== 0) throw new Error(`The empty page could not be built:\n${output}`);
}

export type Served = { baseUrl: string; pid: number; stop: () => Promise<void> };

/** Starts `next start` on a built folder, without waiting for it to answer. */
export async function nextStart(
  { atEnd }: Pick<Bench, "atEnd">,
  folder: string,
  env: Record<string, string> = {},
): Promise<Served> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [NEXT, "start", folder, "--port", String(port), "--hostname", "127.0.0.1"],
    {
      stdio: "ignore",
      env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", ...env },
    },
  );
  const ended = new Promise<void>((done) => child.once("exit", () => done()));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  atEnd(stop);
  return { baseUrl: `http://127.0.0.1:${port}`, pid: child.pid ?? 0, stop };
}

/** Waits until the path answers 200. */
export async function untilAnswers(
  baseUrl: string,
  path: string,
  patience = 60_000,
): Promise<void> {
  const end = performance.now() + patience;
  while (performance.now() < end) {
    const status = await fetch(new URL(path, baseUrl)).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    await new Promise((soon) => setTimeout(soon, 10));
  }
  throw new Error(`${baseUrl}${path} does not answer.`);
}
