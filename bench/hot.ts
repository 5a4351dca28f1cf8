/** What it costs when everybody wants the same account. */
import { type Account, postTransfer, readAccounts } from "./books";
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
  const communityId = accounts[0]?.communityId ?? "";
  const fund: Account = { communityId, id: communityId };
  const clients = await connect(bench, url);
  const samples = await interleave(
    [
      postTransfer(clients, accounts, bench.seed, { name: "uniform accounts" }),
      postTransfer(clients, accounts, bench.seed, { name: "one hot account", debit: fund }),
    ],
    bench,
  );
  return {
    part: "hot",
    about: `post_transfer by ${bench.clients} clients: between ${accounts.length} accounts by chance, and all from the community fund`,
    rows: rateRows(samples),
    goals: [atLeast(samples, "one hot account", "uniform accounts", 0.4)],
    notes: [],
  };
};
