/** Reads all accounts of the community in one statement while they are moved. */
import { app } from "../../server/db/testing";
import { holds } from "../proof";

const READ = `
  SELECT (SELECT sum(balance) FROM account WHERE community_id = $1)::int AS total,
    (SELECT min(balance - held - floor) FROM account WHERE community_id = $1)::int AS least,
    (SELECT sum(held) FROM account WHERE community_id = $1)::int AS held,
    (SELECT coalesce(sum(h.minutes), 0) FROM account a
      JOIN hold h ON h.community_id = a.community_id AND h.account_id = a.id AND h.status = 'open'
      WHERE a.community_id = $1)::int AS promised`;

type Read = Record<"total" | "least" | "held" | "promised", number>;

/** @throws Broken */
export async function readAll(community: string): Promise<void> {
  const { rows } = await app().query<Read>({ name: "read", text: READ, values: [community] });
  for (const { total, least, held, promised } of rows) {
    holds(total === 0, `a read sums to ${total} minutes, not to zero`);
    holds(least >= 0, `a read finds an account ${-least} minutes below its floor`);
    holds(held === promised, `a read finds ${held} minutes held and ${promised} promised`);
  }
}
