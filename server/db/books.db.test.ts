/** The books keep themselves honest: what these tests show, they show as the application's role. */
import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { schemaDiff } from "./migrate";
import { app, owner, ownerUrl } from "./testing";

type Books = { community: string; accounts: string[] };

/** A community with accounts and nothing else; the tables of people are filled by the owner. */
async function makeBooks(count = 3, floor = -600): Promise<Books> {
  const community = v7();
  await owner().query(
    `INSERT INTO community (id, slug, name, about, language, time_zone, joining, granularity, floor,
       soft_floor, soft_ceiling, welcome_credit, confirmation_days, balances_visible,
       next_member_number, created_at)
     VALUES ($1, $2, 'Test', '', 'en', 'UTC', 'open', 15, $3, 0, 0, 0, 7, true, 1, now())`,
    [community, `t-${community}`, floor],
  );
  await app().query("SELECT open_account($1, $1, 'fund', NULL, NULL)", [community]);
  const accounts = Array.from({ length: count }, () => v7());
  for (const [index, id] of accounts.entries()) {
    await app().query("SELECT open_account($1, $2, 'member', $3, NULL)", [community, id, floor]);
    await app().query(
      `INSERT INTO member (community_id, id, number, role, status, display_name, about, languages,
         neighbourhood, contact, joined_at)
       VALUES ($1, $2, $3, 'member', 'active', 'M', '', '{}', '', '', now())`,
      [community, id, index + 1],
    );
  }
  return { community, accounts };
}

const [A, B, C] = [0, 1, 2];
const at = (books: Books, index: number): string => books.accounts[index] ?? "";

/** An exchange row to settle; `settle` below sets its status as the services do. */
async function makeExchange({ community }: Books, giver: string, receiver: string, minutes = 60) {
  const id = v7();
  await app().query(
    `INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title, category,
       starts_at, minutes, place, place_note, last_by_id, created_at)
     VALUES ($1, $2, $3, $4, 'agreed', 1, 'T', 'other', now(), $5, 'giver', '', $3, now())`,
    [community, id, giver, receiver, minutes],
  );
  return id;
}

type Post = {
  id?: string;
  kind?: string;
  debit: string;
  credit: string;
  minutes: number;
  exchange?: string | null;
};
async function post(
  books: Books,
  { id = v7(), kind, debit, credit, minutes, exchange = null }: Post,
) {
  const { rows } = await app().query(
    "SELECT * FROM post_transfer($1, $2, $3::transfer_kind, $4, $5, $6, $7)",
    [
      books.community,
      id,
      kind ?? (exchange ? "exchange" : "welcome"),
      debit,
      credit,
      minutes,
      exchange,
    ],
  );
  if (exchange)
    await app().query("UPDATE exchange SET status = 'settled' WHERE id = $1", [exchange]);
  return rows[0];
}
const hold = (books: Books, exchange: string, account: string, credit: string, minutes: number) =>
  app().query("SELECT place_hold($1, $2, $3, $4, $5)", [
    books.community,
    exchange,
    account,
    minutes,
    credit,
  ]);
const release = (books: Books, exchange: string) =>
  app().query("SELECT release_hold($1, $2)", [books.community, exchange]);
const reverse = (books: Books, id: string, of: string) =>
  app().query("SELECT * FROM reverse_transfer($1, $2, $3)", [books.community, id, of]);

const accountOf = async (books: Books, id: string) => {
  const { rows } = await app().query<{ balance: number; held: number; version: number }>(
    "SELECT balance, held, version FROM account WHERE community_id = $1 AND id = $2",
    [books.community, id],
  );
  return rows[0] ?? { balance: Number.NaN, held: Number.NaN, version: Number.NaN };
};
const violations = async (books: Books) =>
  (
    await app().query<{ violation: string }>("SELECT violation FROM check_books($1)", [
      books.community,
    ])
  ).rows.map(({ violation }) => violation);
/** The SQLSTATE of a refusal, or "accepted". */
const state = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "accepted",
    (error: { code?: string }) => error.code ?? String(error),
  );

const FORBIDDEN = "42501";

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

describe("post_transfer", () => {
  it("moves hours once for one id, and refuses the id with other content", async () => {
    const books = await makeBooks();
    const exchange = await makeExchange(books, at(books, B), at(books, A));
    const transfer = { id: v7(), debit: at(books, A), credit: at(books, B), minutes: 60, exchange };
    const first = await post(books, transfer);
    expect(await post(books, transfer)).toEqual(first);
    const others = [
      { minutes: 75 },
      { credit: at(books, C) },
      { debit: at(books, C) },
      { exchange: null },
      { debit: at(books, B), credit: at(books, A) },
    ];
    for (const change of others) {
      expect([change, await state(post(books, { ...transfer, ...change }))]).toEqual([
        change,
        "EH004",
      ]);
    }
    expect(await accountOf(books, at(books, A))).toEqual({ balance: -60, held: 0, version: 1 });
    expect(await violations(books)).toEqual([]);
  });

  it("moves hours once for one id sent 16 times at once", async () => {
    const books = await makeBooks();
    const transfer = { id: v7(), debit: at(books, A), credit: at(books, B), minutes: 60 };
    const answers = await Promise.all(
      Array.from({ length: 16 }, () => state(post(books, transfer))),
    );
    expect(new Set(answers)).toEqual(new Set(["accepted"]));
    expect(await accountOf(books, at(books, A))).toMatchObject({ balance: -60, version: 1 });
    expect(await violations(books)).toEqual([]);
  });

  it("settles an exchange once among 16 attempts with ids of their own", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await hold(books, exchange, debit, credit, 60);
    const answers = await Promise.all(
      Array.from({ length: 16 }, () =>
        state(post(books, { debit, credit, minutes: 60, exchange })),
      ),
    );
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(1);
    expect(new Set(answers)).toEqual(new Set(["accepted", "EH008"]));
    expect(await accountOf(books, debit)).toEqual({ balance: -60, held: 0, version: 1 });
    expect(await violations(books)).toEqual([]);
  });

  it("refuses amounts, accounts and exchanges that make no sense", async () => {
    const books = await makeBooks();
    const elsewhere = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const cases: [Post, string][] = [
      [{ debit, credit, minutes: 0 }, "EH006"],
      [{ debit, credit, minutes: -60 }, "EH006"],
      [{ debit, credit, minutes: 60_001 }, "EH006"],
      [{ debit, credit: debit, minutes: 60 }, "EH006"],
      [{ debit, credit: at(elsewhere, A), minutes: 60 }, "EH005"],
      [{ debit: at(elsewhere, A), credit, minutes: 60 }, "EH005"],
      [{ debit, credit, minutes: 60, exchange: v7() }, "EH005"],
      [{ debit, credit, minutes: 60, kind: "reversal" }, "EH009"],
      [{ debit, credit, minutes: 660 }, "EH001"],
    ];
    for (const [transfer, expected] of cases) {
      expect([transfer, await state(post(books, transfer))]).toEqual([transfer, expected]);
    }
    expect(await accountOf(books, debit)).toMatchObject({ balance: 0, version: 0 });
  });

  it("says how much is still available", async () => {
    const books = await makeBooks();
    const refused = post(books, { debit: at(books, A), credit: at(books, B), minutes: 615 });
    await expect(refused).rejects.toMatchObject({ code: "EH001", detail: "600" });
  });
});

describe("holds", () => {
  it("count against the floor, and are settled or released at most once", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const first = await makeExchange(books, credit, debit, 540);
    const second = await makeExchange(books, credit, debit, 90);
    await hold(books, first, debit, credit, 540);
    await hold(books, first, debit, credit, 540);
    expect(await accountOf(books, debit)).toMatchObject({ balance: 0, held: 540 });
    expect(await state(hold(books, first, debit, credit, 30))).toBe("EH004");
    expect(await state(hold(books, second, debit, credit, 90))).toBe("EH001");
    expect(await state(post(books, { debit, credit, minutes: 75 }))).toBe("EH001");
    await release(books, first);
    await release(books, first);
    expect(await accountOf(books, debit)).toMatchObject({ held: 0 });
    expect(await state(hold(books, first, debit, credit, 540))).toBe("EH007");
    await hold(books, second, debit, credit, 90);
    await post(books, { debit, credit, minutes: 90, exchange: second });
    expect(await state(release(books, second))).toBe("EH007");
    expect(await state(release(books, v7()))).toBe("EH005");
    expect(await violations(books)).toEqual([]);
  });

  it("let what was promised settle whatever became of the limits, and check an overrun", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit, 600);
    await hold(books, exchange, debit, credit, 600);
    await app().query("SELECT set_limits($1, $2, -60, NULL)", [books.community, debit]);
    await app().query("SELECT set_limits($1, $2, -60, 10)", [books.community, credit]);
    expect(await state(post(books, { debit, credit, minutes: 615, exchange }))).toBe("EH001");
    expect(await accountOf(books, debit)).toMatchObject({ balance: 0, held: 600 });
    await post(books, { debit, credit, minutes: 600, exchange });
    expect(await accountOf(books, debit)).toEqual({ balance: -600, held: 0, version: 1 });
    // Below its floor and above its ceiling: what improves either balance is never refused.
    expect(await state(post(books, { debit: credit, credit: debit, minutes: 300 }))).toBe(
      "accepted",
    );
    expect(await violations(books)).toEqual([]);
  });

  it("belong to the account that promised", async () => {
    const books = await makeBooks();
    const exchange = await makeExchange(books, at(books, B), at(books, A));
    await hold(books, exchange, at(books, A), at(books, B), 60);
    const stolen = post(books, {
      debit: at(books, C),
      credit: at(books, B),
      minutes: 60,
      exchange,
    });
    expect(await state(stolen)).toBe("EH007");
  });

  it("ask the giver's ceiling, and no closed account", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await app().query("SELECT set_limits($1, $2, -600, 45)", [books.community, credit]);
    expect(await state(hold(books, exchange, debit, credit, 60))).toBe("EH002");
    await app().query("SELECT set_limits($1, $2, -600, NULL)", [books.community, credit]);
    await app().query("SELECT close_account($1, $2)", [books.community, credit]);
    expect(await state(hold(books, exchange, debit, credit, 60))).toBe("EH003");
    expect(await state(post(books, { debit, credit, minutes: 60 }))).toBe("EH003");
  });
});

describe("post_transfers", () => {
  it("moves all legs or none", async () => {
    const books = await makeBooks();
    const leg = (debit: number, credit: number, minutes: number) => ({
      id: v7(),
      kind: "welcome",
      debit: at(books, debit),
      credit: at(books, credit),
      minutes,
    });
    const send = (...legs: object[]) =>
      app().query("SELECT * FROM post_transfers($1, $2)", [books.community, JSON.stringify(legs)]);
    expect(await state(send(leg(A, B, 60), leg(C, B, 700)))).toBe("EH001");
    expect(await accountOf(books, at(books, A))).toMatchObject({ balance: 0, version: 0 });
    await Promise.all([send(leg(A, B, 60), leg(B, C, 60)), send(leg(C, A, 15), leg(B, A, 15))]);
    expect(await accountOf(books, at(books, A))).toMatchObject({ balance: -30, version: 3 });
    expect(await violations(books)).toEqual([]);
  });
});

describe("reverse_transfer", () => {
  it("undoes once, whatever the limits, and is not undone itself", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const id = v7();
    await post(books, { id, debit, credit, minutes: 600 });
    await post(books, { debit: credit, credit: at(books, C), minutes: 1200 });
    const undo = v7();
    await Promise.all([reverse(books, undo, id), reverse(books, undo, id)]);
    expect(await accountOf(books, debit)).toMatchObject({ balance: 0 });
    expect(await accountOf(books, credit)).toMatchObject({ balance: -1200 });
    expect(await state(reverse(books, v7(), id))).toBe("EH009");
    expect(await state(reverse(books, v7(), undo))).toBe("EH009");
    expect(await state(reverse(books, v7(), v7()))).toBe("EH005");
    expect(await violations(books)).toEqual([]);
  });
});

describe("many at once", () => {
  it("never pass a floor, never deadlock, and leave versions without a gap", async () => {
    const books = await makeBooks(4, -120);
    const one = (index: number) => at(books, index % 4);
    const answers = await Promise.all(
      Array.from({ length: 300 }, (_, index) => {
        const from = (index * 7) % 4;
        const to = (from + 1 + (index % 3)) % 4;
        return state(
          post(books, { debit: one(from), credit: one(to), minutes: 15 * (1 + (index % 5)) }),
        );
      }),
    );
    expect(new Set(answers)).toEqual(new Set(["accepted", "EH001"]));
    for (const id of books.accounts)
      expect((await accountOf(books, id)).balance).toBeGreaterThanOrEqual(-120);
    expect(await violations(books)).toEqual([]);
  });

  it("equal a small model whatever the order of things", async () => {
    const operation = fc.record({
      kind: fc.constantFrom("post", "hold", "settle", "release", "reverse"),
      from: fc.nat(2),
      step: fc.integer({ min: 1, max: 2 }),
      minutes: fc.integer({ min: 1, max: 300 }),
      pick: fc.nat(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { minLength: 5, maxLength: 25 }), async (operations) => {
        const books = await makeBooks(3, -400);
        const balance = [0, 0, 0];
        const held = [0, 0, 0];
        const get = (list: number[], index: number) => list[index] ?? 0;
        const move = (from: number, to: number, minutes: number) => {
          balance[from] = get(balance, from) - minutes;
          balance[to] = get(balance, to) + minutes;
        };
        const holds: { exchange: string; from: number; to: number; minutes: number }[] = [];
        const done: { id: string; from: number; to: number; minutes: number; reversed: boolean }[] =
          [];
        for (const { kind, from, step, minutes, pick } of operations) {
          const to = (from + step) % 3;
          const free = get(balance, from) - get(held, from) + 400;
          const open = holds[pick % Math.max(1, holds.length)];
          const old = done[pick % Math.max(1, done.length)];
          if (kind === "post") {
            const id = v7();
            const answer = await state(
              post(books, { id, debit: at(books, from), credit: at(books, to), minutes }),
            );
            expect(answer).toBe(minutes <= free ? "accepted" : "EH001");
            if (answer === "accepted") {
              move(from, to, minutes);
              done.push({ id, from, to, minutes, reversed: false });
            }
          } else if (kind === "hold") {
            const exchange = await makeExchange(books, at(books, to), at(books, from), minutes);
            const answer = await state(
              hold(books, exchange, at(books, from), at(books, to), minutes),
            );
            expect(answer).toBe(minutes <= free ? "accepted" : "EH001");
            if (answer !== "accepted") continue;
            held[from] = get(held, from) + minutes;
            holds.push({ exchange, from, to, minutes });
          } else if (kind === "release" && open) {
            await release(books, open.exchange);
            held[open.from] = get(held, open.from) - open.minutes;
            holds.splice(holds.indexOf(open), 1);
          } else if (kind === "settle" && open) {
            const over = Math.max(0, minutes - open.minutes);
            const room = get(balance, open.from) - get(held, open.from) + 400;
            const id = v7();
            const answer = await state(
              post(books, {
                id,
                debit: at(books, open.from),
                credit: at(books, open.to),
                minutes,
                exchange: open.exchange,
              }),
            );
            expect(answer).toBe(over <= 0 || over <= room ? "accepted" : "EH001");
            if (answer !== "accepted") continue;
            held[open.from] = get(held, open.from) - open.minutes;
            move(open.from, open.to, minutes);
            done.push({ id, from: open.from, to: open.to, minutes, reversed: false });
            holds.splice(holds.indexOf(open), 1);
          } else if (kind === "reverse" && old) {
            const answer = await state(reverse(books, v7(), old.id));
            expect(answer).toBe(old.reversed ? "EH009" : "accepted");
            if (!old.reversed) move(old.to, old.from, old.minutes);
            old.reversed = true;
          }
        }
        for (const index of [A, B, C]) {
          expect(await accountOf(books, at(books, index))).toMatchObject({
            balance: get(balance, index),
            held: get(held, index),
          });
        }
        expect(await violations(books)).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
});

describe("check_books", () => {
  const damages: [string, string, string][] = [
    [
      "a balance",
      "UPDATE account SET balance = balance + 15 WHERE id = $1",
      "account differs from its lines",
    ],
    [
      "a version",
      "UPDATE account SET version = version + 1 WHERE id = $1",
      "account differs from its lines",
    ],
    [
      "a held amount",
      "UPDATE account SET held = held + 15 WHERE id = $1",
      "held differs from open holds",
    ],
    [
      "the minutes of a transfer",
      "UPDATE transfer SET minutes = minutes + 15 WHERE debit_account_id = $1",
      "balance of a line does not follow",
    ],
    [
      "a line's balance",
      "UPDATE transfer SET debit_balance = 0 WHERE debit_account_id = $1",
      "balance of a line does not follow",
    ],
    [
      "a line's version",
      "UPDATE transfer SET debit_version = debit_version + 5 WHERE debit_account_id = $1",
      "version has a gap",
    ],
    [
      "a missing transfer",
      "DELETE FROM transfer WHERE debit_account_id = $1",
      "account differs from its lines",
    ],
    [
      "a hold",
      "UPDATE hold SET status = 'released', ended_at = now() WHERE account_id = $1",
      "hold and transfer disagree",
    ],
    [
      "an exchange",
      "UPDATE exchange SET status = 'cancelled' WHERE receiver_id = $1",
      "exchange and transfer disagree",
    ],
  ];

  it.each(damages)("finds %s that the owner damages by hand", async (_, damage, violation) => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const exchange = await makeExchange(books, credit, debit);
    await hold(books, exchange, debit, credit, 60);
    await post(books, { debit, credit, minutes: 60, exchange });
    expect(await violations(books)).toEqual([]);
    const client = await owner().connect();
    try {
      await client.query("BEGIN");
      await client.query("SET LOCAL session_replication_role = replica");
      await client.query(damage, [debit]);
      const { rows } = await client.query("SELECT violation FROM check_books($1)", [
        books.community,
      ]);
      expect(rows.map((row) => row.violation)).toContain(violation);
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
    expect(await violations(books)).toEqual([]);
  });
});

describe("the database", () => {
  it("does not differ from schema.prisma", async () => {
    expect(await schemaDiff(ownerUrl())).toBe("");
  });

  it("does differ once somebody adds a column by hand", async () => {
    await owner().query("ALTER TABLE mail ADD COLUMN surprise text");
    expect(await schemaDiff(ownerUrl())).toContain("surprise");
    await owner().query("ALTER TABLE mail DROP COLUMN surprise");
  });

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
