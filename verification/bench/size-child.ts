/**
 * The application of one database in its own process, since a process can use only one database. Started by
 * growth.ts, which names the database in the environment and sends orders.
 */
import { readAccount } from "../../server/ledger/account";
import { readStatement } from "../../server/ledger/statement";
import { repeatedRead, serveOrders } from "./child";
import { MEASURED_SLUG } from "./load";
import type { Contender } from "./measure";
import { ask } from "./server";
import { settle } from "./settle";
import { crowdMeasure, measures } from "./size-measures";

/** Lines of a statement page, as in the router. */
const PAGE = 50;

const url = process.env.DATABASE_URL ?? "";
const clients = Number(process.env.BENCH_CLIENTS);
const seed = Number(process.env.BENCH_SEED);

/** The busiest of the measured members, and an average one. */
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
    repeatedRead(clients, account, () => readAccount(communityId, id)),
    repeatedRead(clients, statement, () => readStatement(communityId, id, { limit })),
    repeatedRead(clients, deepStatement, () => readStatement(communityId, id, { limit, before })),
    repeatedRead(clients, crowdMeasure, () => readAccount(other.communityId, other.id)),
  ];
  serveOrders(contenders);
}

if (process.send) await main();
