/** Reads all accounts of the community in one statement during the transfers. */
import { setTimeout as sleep } from "node:timers/promises";
import { app } from "../../../server/platform/db/testing/pools";
import { check } from "../proof";

const READ = `
  SELECT (SELECT sum(balance) FROM account WHERE community_id = $1)::int AS total,
    (SELECT min(balance - held - floor) FROM account WHERE community_id = $1)::int AS least,
    (SELECT sum(held) FROM account WHERE community_id = $1)::int AS held,
    (SELECT coalesce(sum(h.minutes), 0) FROM account a
      JOIN hold h ON h.community_id = a.community_id AND h.account_id = a.id AND h.status = 'open'
      WHERE a.community_id = $1)::int AS promised`;

type Read = Record<"total" | "least" | "held" | "promised", number>;

/** @throws Violated */
export async function readAll(community: string): Promise<void> {
  const { rows } = await app().query<Read>({ name: "read", text: READ, values: [community] });
  for (const { total, least, held, promised } of rows) {
    check(total === 0, `a read sums to ${total} minutes instead of zero`);
    check(least >= 0, `a read finds an account ${-least} minutes below its floor`);
    check(held === promised, `a read finds ${held} minutes held and ${promised} promised`);
  }
}

/**
 * Reads repeatedly, spread over the whole run.
 * @param share the share of attempts made so far, from 0 to 1
 * @param onRead called after each read with the number of reads
 */
export async function keepReading(
  community: string,
  { reads, readers }: { reads: number; readers: number },
  share: () => number,
  onRead: (count: number) => void,
): Promise<void> {
  let count = 0;
  const reader = async () => {
    while (count < reads) {
      await readAll(community);
      count += 1;
      onRead(count);
      while (count / reads > share() && share() < 1) await sleep(1);
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
}
