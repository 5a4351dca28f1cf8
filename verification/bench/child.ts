/** Processes of the measuring that are the application of one database each, and what they are told. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { byClients, type Contender } from "./measure";
import type { Bench } from "./part";

export type Order = { name: string } & (
  | { prepare: number }
  | { seconds: number }
  /** One operation, for its plan. */
  | { once: true }
);

/** @param file the child's own, in this folder, without its ending */
export async function startChild(
  bench: Pick<Bench, "clients" | "seed" | "atEnd">,
  file: string,
  url: string,
): Promise<ChildProcess> {
  const child = fork(fileURLToPath(new URL(`./${file}.ts`, import.meta.url)), [], {
    execArgv: ["--import", "tsx"],
    env: {
      ...process.env,
      DATABASE_URL: url,
      APP_DATABASE_URL: "",
      AUTH_SECRET: "x".repeat(32),
      BENCH_CLIENTS: String(bench.clients),
      BENCH_SEED: String(bench.seed),
    },
  });
  bench.atEnd(async () => {
    // One that was ended by a signal has no exit code.
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, "exit");
  });
  await answerOf(child);
  return child;
}

/** @throws what the child says, or that it ended */
function answerOf<Answer>(child: ChildProcess): Promise<Answer> {
  return new Promise((done, failed) => {
    const ended = () => failed(new Error("A process of the measuring ended."));
    child.once("exit", ended);
    child.once("message", (said: { answer: Answer } | { error: string }) => {
      child.off("exit", ended);
      if ("error" in said) failed(new Error(said.error));
      else done(said.answer);
    });
  });
}

export function order<Answer>(child: ChildProcess, what: Order): Promise<Answer> {
  const answer = answerOf<Answer>(child);
  child.send(what);
  return answer;
}

/** In the child: reads again and again. */
export const reading = (
  clients: number,
  name: string,
  read: () => Promise<unknown>,
): Contender => ({
  name,
  slice: (seconds) =>
    byClients(clients, seconds, async () => {
      await read();
      return true;
    }),
});

/** In the child: does what it is told, by the names of what it can. */
export function obeying(contenders: Contender[]): void {
  const obey = async (told: Order) => {
    const contender = contenders.find(({ name }) => name === told.name);
    if (!contender) throw new Error(`nothing to measure is called ${told.name}`);
    if ("prepare" in told) return contender.prepare?.(told.prepare);
    // A slice that ends at once has each client work once.
    return contender.slice("once" in told ? 0.000_001 : told.seconds);
  };
  process.on("message", (told: Order) => {
    obey(told).then(
      (answer) => process.send?.({ answer }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ answer: "ready" });
}
