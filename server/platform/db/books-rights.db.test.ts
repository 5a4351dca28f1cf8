/** Only their functions write the books: neither the application nor, by mistake, the owner. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import {
  A,
  accountOf,
  at,
  B,
  FORBIDDEN,
  makeBooks,
  post,
  state,
  violations,
} from "./testing/books";
import { app, owner } from "./testing/pools";
import { call, post as move } from "./testing/waiting";

describe("the application's role", () => {
  it("refuses the application's role every direct write to the books", async () => {
    const books = await makeBooks();
    await post(books, { debit: at(books, A), credit: at(books, B), minutes: 30 });
    const attempts = [
      "INSERT INTO transfer SELECT * FROM transfer",
      "UPDATE transfer SET minutes = 60",
      "DELETE FROM transfer",
      "TRUNCATE transfer",
      "UPDATE account SET balance = 60000",
      "UPDATE account SET held = 0",
      "UPDATE account SET version = 0",
      "UPDATE account SET floor = -60000",
      "INSERT INTO account (community_id, id, kind, balance) SELECT community_id, gen_random_uuid(), 'member', 60 FROM account",
      "DELETE FROM account",
      "INSERT INTO hold (community_id, exchange_id, account_id, minutes) SELECT community_id, id, id, 60 FROM account",
      "UPDATE hold SET status = 'released'",
      "DELETE FROM hold",
      "DELETE FROM exchange",
      "UPDATE exchange_event SET reason = 'x'",
      "DELETE FROM exchange_event",
      "UPDATE account SET vouched_at = now()",
      "INSERT INTO vouch SELECT community_id, id, 'before', NULL, NULL, now(), NULL FROM member",
      "UPDATE vouch SET at = now()",
      "INSERT INTO limit_decision SELECT community_id, id, 1, NULL, NULL, NULL, '', now(), NULL FROM member",
      "UPDATE limit_decision SET floor = NULL",
      "ALTER TABLE transfer DISABLE TRIGGER ALL",
      "DROP TABLE transfer",
      "CREATE TABLE mine (id int)",
      "DROP FUNCTION check_books(uuid)",
      "SELECT * FROM graphile_worker.jobs",
      "SELECT * FROM _prisma_migrations",
    ];
    for (const attempt of attempts) {
      expect([attempt, await state(app().query(attempt))]).toEqual([attempt, FORBIDDEN]);
    }
    expect(await violations(books)).toEqual([]);
  });

  it("lets the application's role enqueue known jobs only", async () => {
    const ask = (task: string) =>
      state(app().query("SELECT enqueue_job($1, '{}', now() + interval '1 year', 'k')", [task]));
    expect(await ask("send-mail")).toBe("accepted");
    expect(await ask("rm-rf")).toBe("EH005");
    expect(await state(app().query("SELECT cancel_job('k')"))).toBe("accepted");
  });

  it("ignores temporary tables of the application's role in the ledger functions", async () => {
    const books = await makeBooks();
    const client = await app().connect();
    try {
      await client.query("BEGIN");
      await client.query("CREATE TEMP TABLE account (LIKE public.account) ON COMMIT DROP");
      await client.query("SET LOCAL search_path = pg_temp, public");
      const [debit, credit] = [at(books, A), at(books, B)];
      const { rows } = await call(client, books, move(debit, credit, 60));
      expect(rows).toMatchObject([{ minutes: 60 }]);
      await client.query("COMMIT");
      expect(await accountOf(books, debit)).toMatchObject({ balance: -60 });
    } finally {
      // No effect after COMMIT; after a failure it drops the table.
      await client.query("ROLLBACK");
      client.release();
    }
    expect(await violations(books)).toEqual([]);
  });
});

describe("the owner", () => {
  it("refuses the owner every change and deletion of ledger rows", async () => {
    const books = await makeBooks();
    await post(books, { debit: at(books, A), credit: at(books, B), minutes: 30 });
    for (const [attempt, table] of [
      ["UPDATE transfer SET minutes = 60", "transfer"],
      ["DELETE FROM transfer", "transfer"],
      ["TRUNCATE transfer CASCADE", "transfer"],
      ["DELETE FROM hold", "hold"],
      ["TRUNCATE hold", "hold"],
      ["UPDATE vouch SET at = now()", "vouch"],
      ["DELETE FROM vouch", "vouch"],
      ["TRUNCATE vouch CASCADE", "vouch"],
      ["UPDATE limit_decision SET floor = NULL", "limit_decision"],
      ["DELETE FROM limit_decision", "limit_decision"],
      ["TRUNCATE limit_decision", "limit_decision"],
      ["DELETE FROM account", "account"],
      ["TRUNCATE account CASCADE", "account"],
    ] as const) {
      await expect(owner().query(attempt)).rejects.toMatchObject({
        code: FORBIDDEN,
        // TRUNCATE reaches other tables by CASCADE: each refuses for itself.
        message: `${attempt.split(" ")[0]} on ${table} is refused: the books are only added to`,
      });
    }
  });

  const decided = ["vouch", "limit_decision"];

  it.each(decided)("refuses the owner a change of any column of %s", async (table) => {
    const { rows } = await owner().query<{ name: string }>(
      "SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0",
      [table],
    );
    expect(rows.length).toBeGreaterThan(6);
    const columns = rows.map(({ name }) => name).filter((name) => name !== "acting_user_id");
    for (const name of columns) {
      const change = owner().query(`UPDATE ${table} SET ${name} = ${name}`);
      expect([name, await state(change)]).toEqual([name, FORBIDDEN]);
    }
  });

  it.each(decided)(
    "lets %s lose its acting user, who was deleted, and get no other",
    async (table) => {
      const books = await makeBooks();
      const user = v7();
      await owner().query(
        `INSERT INTO "user" (id, email, name, created_at) VALUES ($1, $2, 'U', now())`,
        [user, `${user}@example.org`],
      );
      const { community, desk } = books;
      const acting = [community, at(books, A), desk, user];
      await app().query("SELECT vouch_for($1, $2, 'approved', $3, NULL, now(), $4)", acting);
      await app().query(
        "SELECT decide_member_limits($1, $2, -15, NULL, $3, 'because', $4)",
        acting,
      );
      const users = async () => {
        const found = await owner().query<{ acting_user_id: string | null }>(
          `SELECT acting_user_id FROM ${table} WHERE community_id = $1`,
          [community],
        );
        return found.rows.map(({ acting_user_id }) => acting_user_id);
      };
      expect(await users()).toEqual([user]);
      const change = owner().query(
        `UPDATE ${table} SET acting_user_id = $2 WHERE community_id = $1`,
        [community, user],
      );
      expect(await state(change)).toBe(FORBIDDEN);
      await owner().query(`DELETE FROM "user" WHERE id = $1`, [user]);
      expect(await users()).toEqual([null]);
      expect(await violations(books)).toEqual([]);
    },
  );
});
