/** Settles exchanges that wait for their receiver's confirmation. */
import { randomUUID } from "node:crypto";
import { MEASURED_SLUG } from "./load";
import { byClients, type Contender } from "./measure";
import type { Bench } from "./part";
import { prepareReported, REPORTED_VERSION, type Reported } from "./prepare";
import { ask } from "./server";

/** Members who confirm; enough that none reaches their rate limit. */
export const RECEIVERS = 200;

/** A contender that confirms reported exchanges. */
export function reported(
  name: string,
  bench: Pick<Bench, "clients" | "seed">,
  url: string,
  confirm: (exchange: Reported) => Promise<void>,
): Contender {
  let waiting: Reported[] = [];
  let seed = bench.seed;
  return {
    name,
    prepare: (count) =>
      ask(url, async (client) => {
        const missing = count - waiting.length;
        if (missing <= 0) return;
        seed += 2;
        const more = await prepareReported(client, MEASURED_SLUG, {
          count: missing,
          receivers: RECEIVERS,
          seed,
        });
        waiting = [...waiting, ...more];
      }),
    slice: (seconds) =>
      byClients(bench.clients, seconds, async () => {
        const next = waiting.pop();
        if (next) await confirm(next);
        return next !== undefined;
      }),
  };
}

/** Runs the command in this process, on the database of its environment. */
export async function settle(
  bench: Pick<Bench, "clients" | "seed" | "atEnd">,
  url: string,
): Promise<Contender> {
  const { db, disconnect } = await import("../../server/platform/db/client");
  const { confirmExchange } = await import("../../server/exchange/commands");
  bench.atEnd(disconnect);
  const community = await db.community.findUniqueOrThrow({ where: { slug: MEASURED_SLUG } });
  const communityId = community.id as Parameters<typeof confirmExchange>[0]["communityId"];
  const members = await db.member.findMany({
    where: { communityId, number: { lte: RECEIVERS } },
  });
  const known = new Map(members.map((member) => [member.id, member]));
  const userId = randomUUID();
  await db.user.create({
    data: { id: userId, email: `${userId}@example.org`, name: "Settle", createdAt: new Date() },
  });
  return reported("settle by the service", bench, url, async ({ id, memberId }) => {
    const me = known.get(memberId);
    if (!me) throw new Error(`no member ${memberId}`);
    const ctx = { communityId, community, actor: { userId }, me, now: new Date() };
    await confirmExchange(ctx, { id, version: REPORTED_VERSION });
  });
}
