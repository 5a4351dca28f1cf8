/**
 * The application of one database, in a process of its own, since a process has one database:
 * started by size.ts, which names it in the environment and says what to do.
 */
import { readAccount } from "../server/db/read/account";
import { readStatement } from "../server/db/read/statement";
import { MEASURED_SLUG } from "./load";
import { byClients, type Contender } from "./measure";
import { ask } from "./server";
import { settle } from "./settle";
import { crowdMeasure, measures } from "./size-measures";

/** Lines of a statement page, as the router has it. */
const PAGE = 50;

export type Order = { name: string } & (
  | { prepare: number }
  | { seconds: number }
  /** One operation, for its plan. */
  | { once: true }
);

const url = process.env.DATABASE_URL ?? "";
const clients = Number(process.env.BENCH_CLIENTS);
const seed = Number(process.env.BENCH_SEED);

/** The busiest of the measured members, and one of those who share the rest. */
async function readPeople() {
  const { rows } = await ask(url, (client) =>
    client.query<{ communityId: string; id: string; version: number }>(
      `SELECT account.community_id AS "communityId", account.id, version
       FROM account
       JOIN community ON community.id = community_id
       JOIN member ON member.community_id = account.community_id AND member.id = account.id
       WHERE slug = $1 AND number IN (1, 301) ORDER BY number`,
      [MEASURED_SLUG],
    ),
  );
  const [busy, other] = rows;
  if (!busy) throw new Error(`${MEASURED_SLUG} has no members`);
  return { busy, other: other ?? busy };
}

const reading = (name: string, read: () => Promise<unknown>): Contender => ({
  name,
  slice: (seconds) =>
    byClients(clients, seconds, async () => {
      await read();
      return true;
    }),
});

async function main(): Promise<void> {
  const { busy, other } = await readPeople();
  const { communityId, id } = busy;
  const limit = PAGE;
  const settling = await settle({ clients, seed, atEnd: () => undefined }, url);
  // Halfway down, where a page is full at every size.
  const before = Math.floor(busy.version / 2) + 2;
  const [settlement, account, statement, deepStatement] = measures;
  const contenders: Contender[] = [
    { ...settling, name: settlement },
    reading(account, () => readAccount(communityId, id)),
    reading(statement, () => readStatement(communityId, id, { limit })),
    reading(deepStatement, () => readStatement(communityId, id, { limit, before })),
    reading(crowdMeasure, () => readAccount(other.communityId, other.id)),
  ];
  const obey = async (order: Order) => {
    const contender = contenders.find(({ name }) => name === order.name);
    if (!contender) throw new Error(`nothing to measure is called ${order.name}`);
    if ("prepare" in order) return contender.prepare?.(order.prepare);
    // A slice that ends at once has each client work once.
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

if (process.send) await main();
