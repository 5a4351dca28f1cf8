/** Child processes, each the application of one database, and the orders that they receive. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { byClients, type Contender } from "./measure";
import type { Bench } from "./part";

export type Order = { name: string } & (
  | { prepare: number }
  | { seconds: number }
  /** Runs the operation once, for its plan. */
  | { once: true }
);

/** @param file the child's module in this folder, without its extension */
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
    // A process ended by a signal has no exit code.
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill();
    await once(child, "exit");
  });
  await answerOf(child);
  return child;
}

/** @throws the error that the child reports, or that it ended */
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

/** In the child: a contender that repeats a read. */
export const repeatedRead = (
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

/** In the child: carries out orders on the named contenders. */
export function serveOrders(contenders: Contender[]): void {
  const obey = async (order: Order) => {
    const contender = contenders.find(({ name }) => name === order.name);
    if (!contender) throw new Error(`There is no contender ${order.name}`);
    if ("prepare" in order) return contender.prepare?.(order.prepare);
    // With almost no time, each client runs its operation once.
    return contender.slice("once" in order ? 0.000_001 : order.seconds);
  };
  process.on("message", (order: Order) => {
    obey(order).then(
      (answer) => process.send?.({ answer }),
      (error: unknown) => process.send?.({ error: String(error) }),
    );
  });
  process.on("disconnect", () => process.exit(0));
  process.send?.({ answer: "ready" });
}
