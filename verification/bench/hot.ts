/** The cost of contention for one account. */
import { postTransfer, readAccounts } from "./books";
import { load } from "./load";
import { interleave } from "./measure";
import type { Part } from "./part";
import { atLeast, rateRows } from "./report";
import { ask, connect, startServer } from "./server";

export const hot: Part = async (bench) => {
  const server = await startServer(bench);
  const { url } = await server.database("hot");
  await ask(url, (client) => load(client, { kind: "crowd", transfers: 10_000, seed: bench.seed }));
  const accounts = await readAccounts(url);
  const one = accounts[0];
  const clients = await connect(bench, url);
  // Separate the costs: without waiting for the disk, and without waiting for the lock.
  const hasty = await connect(bench, url, "-c synchronous_commit=off");
  const { seed } = bench;
  const samples = await interleave(
    [
      postTransfer(clients, accounts, seed, { name: "uniform accounts" }),
      postTransfer(clients, accounts, seed, { name: "one hot account", debit: one }),
      postTransfer(clients.slice(0, 1), accounts, seed, { name: "one client alone" }),
      postTransfer(hasty, accounts, seed, { name: "uniform, without the disk" }),
      postTransfer(hasty, accounts, seed, { name: "hot, without the disk", debit: one }),
      postTransfer(hasty.slice(0, 1), accounts, seed, { name: "alone, without the disk" }),
    ],
    bench,
  );
  return {
    part: "hot",
    about: `post_transfer by ${bench.clients} clients: between ${accounts.length} accounts by random, and all from one of them`,
    rows: rateRows(samples),
    goals: [atLeast(samples, "one hot account", "uniform accounts", 0.4)],
    notes: [
      "one hot account lets its clients in one by one: it is bounded by one client alone, who waits for the disk each time",
    ],
  };
};
