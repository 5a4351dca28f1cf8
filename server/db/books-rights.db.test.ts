/** Nobody writes the books but their functions: not the application, and not the owner by mistake. */
import { readdirSync, readFileSync } from "node:fs";
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { app, owner } from "./testing";
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

describe("the application's role", () => {
  it("cannot write the books except through their functions", async () => {
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

  it("can ask for the jobs that there are and for no others", async () => {
    const ask = (task: string) =>
      state(app().query("SELECT enqueue_job($1, '{}', now() + interval '1 year', 'k')", [task]));
    expect(await ask("send-mail")).toBe("accepted");
    expect(await ask("rm-rf")).toBe("EH005");
    expect(await state(app().query("SELECT cancel_job('k')"))).toBe("accepted");
  });

  it("has these rights on these tables and no more", async () => {
    const { rows } = await owner().query<{ name: string; rights: string }>(
      `SELECT table_name AS name, string_agg(privilege_type, ' ' ORDER BY privilege_type) AS rights
       FROM information_schema.role_table_grants WHERE grantee = 'evenhour_app' GROUP BY 1`,
    );
    const read = ["account", "transfer", "hold", "statement"];
    const append = ["exchange_event", "exchange_note"];
    const change = [
      "installation",
      "user",
      "session",
      "identity",
      "sign_in_link",
      "mail",
      "community",
      "member",
      "invitation",
      "listing",
      "exchange",
    ];
    expect(Object.fromEntries(rows.map(({ name, rights }) => [name, rights]))).toEqual({
      ...Object.fromEntries(read.map((name) => [name, "SELECT"])),
      ...Object.fromEntries(append.map((name) => [name, "INSERT SELECT"])),
      ...Object.fromEntries(change.map((name) => [name, "INSERT SELECT UPDATE"])),
      rate_limit: "DELETE INSERT SELECT UPDATE",
    });
  });

  it("cannot slip its own tables under the functions", async () => {
    const books = await makeBooks();
    const client = await app().connect();
    try {
      await client.query("BEGIN");
      await client.query("CREATE TEMP TABLE account (LIKE public.account) ON COMMIT DROP");
      await client.query("SET LOCAL search_path = pg_temp, public");
      const [debit, credit] = [at(books, A), at(books, B)];
      const { rows } = await client.query(
        "SELECT minutes FROM post_transfer($1, $2, 'welcome', $3, $4, 60)",
        [books.community, v7(), debit, credit],
      );
      expect(rows).toEqual([{ minutes: 60 }]);
      await client.query("COMMIT");
      expect(await accountOf(books, debit)).toMatchObject({ balance: -60 });
    } finally {
      // Of no effect after COMMIT; after a failure it takes the table away.
      await client.query("ROLLBACK");
      client.release();
    }
    expect(await violations(books)).toEqual([]);
  });
});

describe("the owner", () => {
  it("cannot change or delete a transfer either", async () => {
    const books = await makeBooks();
    await post(books, { debit: at(books, A), credit: at(books, B), minutes: 30 });
    for (const attempt of [
      "UPDATE transfer SET minutes = 60",
      "DELETE FROM transfer",
      "TRUNCATE transfer CASCADE",
      "DELETE FROM hold",
      "TRUNCATE hold",
      "DELETE FROM account",
      "TRUNCATE account CASCADE",
    ]) {
      expect([attempt, await state(owner().query(attempt))]).toEqual([attempt, FORBIDDEN]);
    }
  });
});

describe("the database", () => {
  it("has the functions of prisma/sql, all of them safe to call for the application", async () => {
    const { rows } = await owner().query<{
      name: string;
      body: string;
      definer: boolean;
      config: string[] | null;
      all: boolean;
    }>(
      `SELECT proname AS name, prosrc AS body, prosecdef AS definer, proconfig AS config,
         has_function_privilege('public', oid, 'EXECUTE') AS "all"
       FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
    );
    const files = readdirSync("prisma/sql").filter((name) => !name.startsWith("00_"));
    expect(rows.map(({ name }) => `${name}.sql`).sort()).toEqual(files.sort());
    for (const { name, body, definer, config, all } of rows) {
      const text = readFileSync(`prisma/sql/${name}.sql`, "utf8");
      expect(text.split("$$")[1]?.trim()).toBe(body.trim());
      expect({ name, definer, config, all }).toEqual({
        name,
        definer: true,
        config: ["search_path=pg_catalog, public, pg_temp"],
        all: false,
      });
    }
  });
});
