import { describe, expect, it } from "vitest";
import { checkBooks } from "../../server/ledger/statement";
import { owner, ownerUrl } from "../../server/platform/db/testing/pools";
import { load, MEASURED, MEASURED_SLUG } from "./load";
import { prepareReported } from "./prepare";
import { ask } from "./server";

const TABLES = ["account", "member", "exchange", "transfer", "hold", "exchange_event"];

const countOf = async (table: string) =>
  Number((await owner().query(`SELECT count(*) FROM ${table}`)).rows[0]?.count);

/** The measured transfers: both member numbers, minutes and versions. */
const measured = async () =>
  (
    await owner().query(
      `SELECT d.number AS debit, c.number AS credit, t.minutes, debit_version, credit_version
       FROM transfer t
       JOIN community ON community.id = t.community_id AND slug = $1
       JOIN member d ON d.community_id = t.community_id AND d.id = debit_account_id
       JOIN member c ON c.community_id = t.community_id AND c.id = credit_account_id
       WHERE d.number <= 300 ORDER BY t.created_at`,
      [MEASURED_SLUG],
    )
  ).rows;

describe("the loader of transfers", () => {
  it.each(["neighbourhoods", "crowd"] as const)(
    "leaves books that are right (%s)",
    async (kind) => {
      await emptied();
      await ask(ownerUrl(), (client) => load(client, { kind, transfers: MEASURED, seed: 5 }));
      const small = await measured();
      await emptied();
      // Without `trusting`, so that foreign keys are checked.
      await ask(ownerUrl(), (client) =>
        load(client, { kind, transfers: 4 * MEASURED, seed: 5, trusting: false }),
      );
      expect(await checkBooks()).toEqual([]);
      expect(await countOf("transfer")).toBe(4 * MEASURED);
      expect(await countOf("community")).toBe(kind === "crowd" ? 1 : 4);
      // The measured transfers are the same at every size.
      expect(small).toHaveLength(MEASURED);
      expect(await measured()).toEqual(small);
      const { rows } = await owner().query(
        "SELECT min(balance - floor_of(account)) AS free FROM account WHERE kind = 'member'",
      );
      expect(rows[0]?.free).toBeGreaterThan(0);
    },
  );

  it("loads exchanges that can be confirmed", async () => {
    const before = await countOf("exchange");
    const made = await ask(ownerUrl(), (client) =>
      prepareReported(client, MEASURED_SLUG, { count: 20, receivers: 3, seed: 1 }),
    );
    expect(made).toHaveLength(20);
    expect(await countOf("exchange")).toBe(before + 20);
    expect(await checkBooks()).toEqual([]);
  });
});

/** TRUNCATE as a replica, which skips the ledger's triggers against it. */
const emptied = () =>
  ask(ownerUrl(), async (client) => {
    await client.query("SET session_replication_role = replica");
    await client.query(`TRUNCATE ${TABLES.join(", ")}, community CASCADE`);
  });
