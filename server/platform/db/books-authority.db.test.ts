/** No minutes move and no limit changes without an event, a rule or a decision that authorizes it. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import {
  A,
  accountOf,
  at,
  B,
  type Books,
  C,
  closeAccount,
  decideLimits,
  hold,
  makeBooks,
  makeExchange,
  post,
  reverse,
  state,
  violations,
  welcome,
} from "./testing/books";
import { app, owner } from "./testing/pools";
import {
  type Call,
  done,
  post as move,
  postAll,
  second,
  secondAfter,
  waitingForLocks,
} from "./testing/waiting";

const NO_AUTHORITY = "EH011";
const AGAINST_A_RULE = "23514";

type Who = "giver" | "receiver" | "desk" | "time";
type Event = [kind: string, who: Who, minutes?: number];

/**
 * An exchange with these events, of which the last one settles it, and its transfer.
 * @returns how post_transfer answers
 */
async function settledBy(
  books: Books,
  events: Event[],
  { minutes = 60, status = "settled" }: { minutes?: number; status?: string } = {},
): Promise<string> {
  const [giver, receiver] = [at(books, B), at(books, A)];
  const people: Record<Who, string | null> = { giver, receiver, desk: books.desk, time: null };
  const id = await makeExchange(books, giver, receiver);
  for (const [index, [kind, who, reported = 60]] of events.entries()) {
    await app().query(
      `INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
       VALUES ($1, $2, $3, now(), $4, $5, $6)`,
      [books.community, id, index + 2, people[who], kind, reported],
    );
  }
  await app().query(
    "UPDATE exchange SET status = $3, version = $4 WHERE community_id = $1 AND id = $2",
    [books.community, id, status, events.length + 1],
  );
  return state(
    app().query("SELECT post_transfer($1, $2, 'exchange', $3, $4, $5, $2)", [
      books.community,
      id,
      receiver,
      giver,
      minutes,
    ]),
  );
}

const agreed: Event = ["agreed", "receiver"];

async function makeUser(): Promise<string> {
  const id = v7();
  await app().query(
    `INSERT INTO "user" (id, email, name, created_at) VALUES ($1, $2, 'U', now())`,
    [id, `${id}@example.org`],
  );
  return id;
}

describe("the authority for a settlement or a reversal", () => {
  it.each<[what: string, events: Event[]]>([
    ["recorded by the receiver", [["recorded", "receiver"]]],
    ["reported by the receiver", [["reported", "receiver"]]],
    [
      "recorded by the giver and confirmed",
      [
        ["recorded", "giver"],
        ["confirmed", "receiver"],
      ],
    ],
    [
      "reported by the giver and confirmed",
      [
        ["reported", "giver"],
        ["confirmed", "receiver"],
      ],
    ],
    [
      "reported by the receiver and confirmed by the giver",
      [
        ["reported", "receiver"],
        ["confirmed", "giver"],
      ],
    ],
    [
      "disputed and resolvedWithHours",
      [
        ["disputed", "receiver"],
        ["resolvedWithHours", "desk"],
      ],
    ],
    [
      "escalated and resolvedWithHours",
      [
        ["escalated", "time"],
        ["resolvedWithHours", "desk"],
      ],
    ],
    [
      "agreed, reported and settled automatically",
      [
        ["reported", "giver"],
        ["settledAutomatically", "time"],
      ],
    ],
    [
      "settled automatically for fewer minutes than agreed",
      [
        ["agreed", "giver", 75],
        ["reported", "giver"],
        ["settledAutomatically", "time"],
      ],
    ],
  ])("settles an exchange that was %s", async (_, events) => {
    expect(await settledBy(await makeBooks(), [agreed, ...events])).toBe("accepted");
  });

  it.each<[what: string, events: Event[]]>([
    ["agreed only", []],
    ["recorded by the giver", [["recorded", "giver"]]],
    ["reported by the giver", [["reported", "giver"]]],
    ["confirmed without a report", [["confirmed", "receiver"]]],
    [
      "confirmed by its reporter",
      [
        ["reported", "giver"],
        ["confirmed", "giver"],
      ],
    ],
    [
      "confirmed by a member who is not a side",
      [
        ["reported", "giver"],
        ["confirmed", "desk"],
      ],
    ],
    [
      "confirmed before it was reported",
      [
        ["confirmed", "receiver"],
        ["reported", "giver"],
      ],
    ],
    [
      "resolvedWithHours without a dispute",
      [
        ["reported", "giver"],
        ["resolvedWithHours", "desk"],
      ],
    ],
    [
      "resolvedWithHours by the giver",
      [
        ["disputed", "receiver"],
        ["resolvedWithHours", "giver"],
      ],
    ],
    [
      "resolvedWithHours by the receiver",
      [
        ["disputed", "giver"],
        ["resolvedWithHours", "receiver"],
      ],
    ],
    ["settled automatically by a member", [["settledAutomatically", "giver"]]],
    [
      "settled before another event",
      [
        ["reported", "receiver"],
        ["late", "giver"],
      ],
    ],
    ["disputed", [["disputed", "receiver"]]],
    ["reported for other minutes", [["reported", "receiver", 75]]],
  ])("refuses to settle an exchange that was %s", async (_, events) => {
    const books = await makeBooks();
    expect(await settledBy(books, [agreed, ...events])).toBe(NO_AUTHORITY);
    expect(await accountOf(books, at(books, A))).toEqual({ balance: 0, held: 0, version: 0 });
  });

  it("refuses an automatic settlement for more than was agreed, or without an agreement", async () => {
    const books = await makeBooks();
    const late: Event = ["settledAutomatically", "time", 61];
    expect(await settledBy(books, [agreed, late], { minutes: 61 })).toBe(NO_AUTHORITY);
    const { rows } = await owner().query(
      `WITH e AS (
         INSERT INTO exchange_event (community_id, exchange_id, version, at, kind, minutes)
         SELECT community_id, id, 9, now(), 'settledAutomatically', 60 FROM exchange
         WHERE community_id = $1 RETURNING exchange_id
       )
       SELECT settlement_event($1, exchange_id, $2, $3, 60, 9) AS word FROM e`,
      [books.community, at(books, B), at(books, A)],
    );
    expect(rows).toEqual([{ word: null }]);
    expect(await settledBy(books, [agreed, ["settledAutomatically", "time"]])).toBe("accepted");
  });

  it("settles an exchange only when its status is settled too", async () => {
    const books = await makeBooks();
    const events: Event[] = [["reported", "receiver"]];
    expect(await settledBy(books, events, { status: "agreed" })).toBe(NO_AUTHORITY);
    expect(await settledBy(books, events, { minutes: 45 })).toBe(NO_AUTHORITY);
  });

  it("reverses an exchange only after a coordinator's decision", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const { id } = await post(books, { debit, credit, minutes: 60 });
    const undo = () =>
      state(app().query("SELECT reverse_transfer($1, $2, $3)", [books.community, v7(), id]));
    expect(await undo()).toBe(NO_AUTHORITY);
    const event = (version: number, kind: string) =>
      app().query(
        `INSERT INTO exchange_event (community_id, exchange_id, version, at, kind)
         VALUES ($1, $2, $3, now(), $4)`,
        [books.community, id, version, kind],
      );
    // One that did not make the exchange's version.
    await event(9, "reversed");
    expect(await undo()).toBe(NO_AUTHORITY);
    await app().query("UPDATE exchange SET version = 9 WHERE id = $1", [id]);
    expect(await undo()).toBe("accepted");
  });

  it("neither settles nor reverses an exchange by an event of another exchange", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const { id: settled } = await post(books, { debit, credit, minutes: 60 });
    const other = await makeExchange(books, credit, debit);
    await app().query("UPDATE exchange SET status = 'settled', version = 2 WHERE id = $1", [other]);
    const settle = app().query("SELECT post_transfer($1, $2, 'exchange', $3, $4, 60, $2)", [
      books.community,
      other,
      debit,
      credit,
    ]);
    expect(await state(settle)).toBe(NO_AUTHORITY);
    const { id } = await post(books, { debit, credit, minutes: 60 });
    await reverse(books, v7(), settled);
    await app().query(
      "UPDATE exchange SET version = (SELECT version FROM exchange WHERE id = $1) WHERE id = $2",
      [settled, id],
    );
    const undo = app().query("SELECT reverse_transfer($1, $2, $3)", [books.community, v7(), id]);
    expect(await state(undo)).toBe(NO_AUTHORITY);
  });

  it("lets the member who received the hours return them", async () => {
    const books = await makeBooks();
    const { id } = await post(books, { debit: at(books, A), credit: at(books, B), minutes: 60 });
    await app().query("UPDATE exchange SET version = 3 WHERE id = $1", [id]);
    await app().query(
      `INSERT INTO exchange_event (community_id, exchange_id, version, at, kind)
       VALUES ($1, $2, 3, now(), 'returned')`,
      [books.community, id],
    );
    const undone = app().query("SELECT reverse_transfer($1, $2, $3)", [books.community, v7(), id]);
    expect(await state(undone)).toBe("accepted");
    expect(await violations(books)).toEqual([]);
  });
});

describe("the authority that a transfer names", () => {
  const authorityOf = async (books: Books, id: string) => {
    const { rows } = await app().query(
      `SELECT authority::text, event_exchange_id AS exchange, event_version AS version,
         vouched_member_id AS member, decided_by_id AS by
       FROM transfer WHERE community_id = $1 AND id = $2`,
      [books.community, id],
    );
    return rows[0];
  };
  const event = (exchange: string, version: number) => ({
    authority: "event",
    exchange,
    version,
    member: null,
    by: null,
  });

  it("is the event that settled the exchange, and for a reversal the event that undid it", async () => {
    const books = await makeBooks();
    const [debit, credit, undone] = [at(books, A), at(books, B), v7()];
    const { id } = await post(books, { debit, credit, minutes: 60 });
    await reverse(books, undone, id);
    expect(await authorityOf(books, id)).toEqual(event(id, 2));
    expect(await authorityOf(books, undone)).toEqual(event(id, 3));
  });

  it("is the vouch for a welcome credit, whether a coordinator vouched or an exchange did", async () => {
    const books = await makeBooks();
    const [receiver, giver] = [at(books, A), at(books, B)];
    await setWelcome(books, 30);
    await vouch(books, receiver);
    await post(books, { debit: receiver, credit: giver, minutes: 60 });
    for (const member of [receiver, giver]) {
      expect(await authorityOf(books, member)).toEqual({
        authority: "vouch",
        exchange: null,
        version: null,
        member,
        by: null,
      });
    }
    expect(await violations(books)).toEqual([]);
  });

  it("is missing for a transfer without an exchange that is no welcome credit", async () => {
    const books = await makeBooks();
    const [debit, credit] = [at(books, A), at(books, B)];
    const alone = post(books, { debit, credit, minutes: 60, exchange: null });
    expect(await state(alone)).toBe(AGAINST_A_RULE);
  });
});

/** A welcome credit asked for from outside. */
const credit = (
  books: Books,
  change: Partial<Record<"id" | "debit" | "credit", string>>,
  minutes = 30,
) =>
  state(
    app().query("SELECT post_transfer($1, $2, 'welcome', $3, $4, $5)", [
      books.community,
      change.id ?? at(books, A),
      change.debit ?? books.community,
      change.credit ?? at(books, A),
      minutes,
    ]),
  );

const vouch = (
  books: Books,
  member: string,
  { kind = "approved", by = books.desk, source = null as string | null } = {},
) =>
  state(
    app().query("SELECT vouch_for($1, $2, $3::vouch_kind, $4, $5, now(), NULL)", [
      books.community,
      member,
      kind,
      by,
      source,
    ]),
  );

const isVouched = async (books: Books, id: string) => {
  const { rows } = await app().query<{ vouched: boolean }>(
    "SELECT vouched_at IS NOT NULL AS vouched FROM account WHERE community_id = $1 AND id = $2",
    [books.community, id],
  );
  return rows[0]?.vouched;
};

const setWelcome = (books: Books, minutes: number) =>
  app().query("UPDATE community SET welcome_credit = $2 WHERE id = $1", [books.community, minutes]);

describe("a welcome credit", () => {
  it("transfers one welcome credit from the fund to a vouched member", async () => {
    const books = await makeBooks();
    const guest = at(books, A);
    await vouch(books, guest);
    await setWelcome(books, 30);
    expect(await credit(books, { debit: at(books, B) })).toBe(NO_AUTHORITY);
    expect(await credit(books, { id: v7() })).toBe(NO_AUTHORITY);
    expect(await credit(books, { id: at(books, B), credit: at(books, B) })).toBe(NO_AUTHORITY);
    expect(await credit(books, {}, 31)).toBe(NO_AUTHORITY);
    // The community's gift asks no ceiling, but a closed account gets nothing.
    await decideLimits(books, guest, null, 15);
    await closeAccount(books, guest);
    expect(await credit(books, {})).toBe("EH003");
    await owner().query("UPDATE account SET closed_at = NULL WHERE id = $1", [guest]);
    expect(await credit(books, {})).toBe("accepted");
    expect(await credit(books, {})).toBe("accepted");
    expect(await accountOf(books, guest)).toMatchObject({ balance: 30, version: 1 });
    expect(await violations(books)).toEqual([]);
  });

  it("pays the welcome credit when the member is vouched for, and never twice", async () => {
    const books = await makeBooks();
    await welcome(books, at(books, A), 45);
    await welcome(books, at(books, A), 60);
    expect(await accountOf(books, at(books, A))).toMatchObject({ balance: 45, version: 1 });
    expect(await accountOf(books, books.community)).toMatchObject({ balance: -45, version: 1 });
    expect(await violations(books)).toEqual([]);
  });
});

describe("the event that authorizes a settlement", () => {
  /** The kind of the event of this version, by default the last, if it settles the exchange; null otherwise. */
  async function wordOf(
    books: Books,
    events: Event[],
    version = events.length + 1,
  ): Promise<string | null> {
    const [giver, receiver] = [at(books, B), at(books, A)];
    const people: Record<Who, string | null> = { giver, receiver, desk: books.desk, time: null };
    const id = await makeExchange(books, giver, receiver, 15);
    for (const [index, [kind, who, minutes = 60]] of events.entries()) {
      await app().query(
        `INSERT INTO exchange_event (community_id, exchange_id, version, at, member_id, kind, minutes)
         VALUES ($1, $2, $3, now(), $4, $5, $6)`,
        [books.community, id, index + 2, people[who], kind, minutes],
      );
    }
    const { rows } = await owner().query<{ word: string | null }>(
      "SELECT settlement_event($1, $2, $3, $4, 60, $5) AS word",
      [books.community, id, giver, receiver, version],
    );
    return rows[0]?.word ?? null;
  }

  const answers: [first: Event, answer: Event][] = [
    [
      ["reported", "giver"],
      ["confirmed", "receiver"],
    ],
    [
      ["disputed", "receiver"],
      ["resolvedWithHours", "desk"],
    ],
    [
      ["agreed", "receiver"],
      ["settledAutomatically", "time"],
    ],
  ];

  it("requires the settling event after the event that it answers", async () => {
    const books = await makeBooks();
    for (const [first, answer] of answers) {
      expect(await wordOf(books, [first, answer])).toBe(answer[0]);
      expect(await wordOf(books, [answer, first], 2)).toBeNull();
      expect(await wordOf(books, [answer, first], 3)).toBeNull();
    }
  });

  it("accepts no answer to an event of another exchange", async () => {
    const books = await makeBooks();
    for (const [first, answer] of answers) {
      await wordOf(books, [first]);
      expect(await wordOf(books, [["countered", "giver"], answer])).toBeNull();
    }
  });
});

describe("vouching for a newcomer", () => {
  it("applies the newcomers' floor until the member is vouched for", async () => {
    const books = await makeBooks(3, -600);
    await app().query("UPDATE community SET newcomer_floor = -45 WHERE id = $1", [books.community]);
    const [debit, giver] = [at(books, A), at(books, B)];
    const spend = (minutes: number) => state(post(books, { debit, credit: giver, minutes }));
    const promised = await makeExchange(books, giver, debit, 60);
    expect(await spend(60)).toBe("EH001");
    expect(await state(hold(books, promised, debit, giver, 60))).toBe("EH001");
    expect(await spend(45)).toBe("accepted");
    expect(await vouch(books, debit)).toBe("accepted");
    expect(await state(hold(books, promised, debit, giver, 60))).toBe("accepted");
    expect(await spend(495)).toBe("accepted");
    expect(await spend(1)).toBe("EH001");
    // A changed rule counts at once, for everybody.
    await app().query("UPDATE community SET floor = -660 WHERE id = $1", [books.community]);
    expect(await spend(60)).toBe("accepted");
    expect(await violations(books)).toEqual([]);
  });

  it("lets only another coordinator approve a newcomer", async () => {
    const books = await makeBooks();
    const elsewhere = await makeBooks(0);
    const newcomer = at(books, A);
    for (const kind of ["approved", "created"]) {
      expect(await vouch(books, newcomer, { kind, by: at(books, B) })).toBe(NO_AUTHORITY);
      expect(await vouch(books, newcomer, { kind, by: v7() })).toBe(NO_AUTHORITY);
      expect(await vouch(books, newcomer, { kind, by: elsewhere.desk })).toBe(NO_AUTHORITY);
      expect(await vouch(books, books.desk, { kind })).toBe(NO_AUTHORITY);
    }
    await app().query("UPDATE member SET status = 'paused' WHERE id = $1", [books.desk]);
    for (const kind of ["approved", "created"]) {
      expect(await vouch(books, newcomer, { kind })).toBe(NO_AUTHORITY);
    }
    await app().query("UPDATE member SET status = 'active' WHERE id = $1", [books.desk]);
    for (const kind of ["founder", "exchange", "before", "invited"]) {
      expect([kind, await vouch(books, newcomer, { kind })]).toEqual([kind, NO_AUTHORITY]);
      expect(await vouch(books, newcomer, { kind, by: newcomer })).toBe(NO_AUTHORITY);
    }
    expect(await isVouched(books, newcomer)).toBe(false);
    expect(await vouch(books, newcomer, { kind: "created" })).toBe("accepted");
    expect(await vouch(books, at(books, B))).toBe("accepted");
    expect(await vouch(books, v7())).toBe("EH005");
    expect(await vouch(books, books.community)).toBe("EH005");
    expect(await violations(books)).toEqual([]);
  });

  it("vouches for the first member, who created the community", async () => {
    const books = await makeBooks(0);
    expect(await vouch(books, books.desk, { kind: "founder", by: v7() })).toBe(NO_AUTHORITY);
    expect(await vouch(books, books.desk, { kind: "founder" })).toBe("accepted");
    expect(await isVouched(books, books.desk)).toBe(true);
  });

  it("vouches for a member who joined by a vouched member's single-use invitation", async () => {
    const books = await makeBooks();
    const [guest, next, maker] = [at(books, A), at(books, B), at(books, C)];
    const invitation = async (maxUses: number, uses: number, by = maker) => {
      const id = v7();
      await app().query(
        `INSERT INTO invitation (community_id, id, token_hash, label, created_by_id, created_at,
           expires_at, max_uses, uses)
         VALUES ($1, $2::uuid, $2::uuid::text, '', $3, now(), now(), $4, $5)`,
        [books.community, id, by, maxUses, uses],
      );
      return id;
    };
    const invited = (member: string, source: string, by = maker) =>
      vouch(books, member, { kind: "invited", by, source });
    const used = await invitation(1, 1);
    expect(await invited(guest, used)).toBe(NO_AUTHORITY);
    await vouch(books, maker);
    expect(await invited(guest, await invitation(2, 1))).toBe(NO_AUTHORITY);
    expect(await invited(guest, await invitation(1, 0))).toBe(NO_AUTHORITY);
    expect(await invited(guest, await invitation(1, 1, next))).toBe(NO_AUTHORITY);
    expect(await invited(guest, v7())).toBe(NO_AUTHORITY);
    expect(await invited(guest, used, books.desk)).toBe(NO_AUTHORITY);
    expect(await invited(guest, used)).toBe("accepted");
    expect(await invited(next, used)).toBe(NO_AUTHORITY);
    expect(await violations(books)).toEqual([]);
  });

  it("vouches for a giver, with the welcome credit, when a vouched member confirms their help", async () => {
    const books = await makeBooks();
    const [receiver, giver, other] = [at(books, A), at(books, B), at(books, C)];
    await setWelcome(books, 30);
    // Two newcomers cannot vouch for each other.
    await post(books, { debit: receiver, credit: giver, minutes: 15 });
    expect(await isVouched(books, giver)).toBe(false);
    await vouch(books, receiver);
    // Nor does receiving vouch for anybody.
    await post(books, { debit: other, credit: receiver, minutes: 15 });
    expect(await isVouched(books, other)).toBe(false);
    const { id } = await post(books, { debit: receiver, credit: giver, minutes: 60 });
    expect(await isVouched(books, giver)).toBe(true);
    const { rows } = await app().query(
      "SELECT kind, by_id, source_id FROM vouch WHERE community_id = $1 AND member_id = $2",
      [books.community, giver],
    );
    expect(rows).toEqual([{ kind: "exchange", by_id: receiver, source_id: id }]);
    expect(await accountOf(books, giver)).toMatchObject({ balance: 105, version: 3 });
    await post(books, { debit: receiver, credit: giver, minutes: 15 });
    expect(await accountOf(books, giver)).toMatchObject({ balance: 120, version: 4 });
    expect(await violations(books)).toEqual([]);
  });

  it("pays a welcome credit of a single minute", async () => {
    const books = await makeBooks();
    await setWelcome(books, 1);
    await vouch(books, at(books, A));
    await post(books, { debit: at(books, A), credit: at(books, B), minutes: 60 });
    expect(await accountOf(books, at(books, B))).toMatchObject({ balance: 61, version: 2 });
    // A coordinator's vouch pays it too: here of the receiver, who was vouched for before there was one.
    const other = await makeBooks();
    await setWelcome(other, 1);
    await vouch(other, at(other, A));
    expect(await accountOf(other, at(other, A))).toMatchObject({ balance: 1, version: 1 });
    expect(await violations(books)).toEqual([]);
  });

  it("stores the time that the application passes, but never a future one", async () => {
    const books = await makeBooks(3);
    await vouch(books, at(books, A));
    const timeOfVouchFor = async (credit: string, when: string) => {
      await post(books, { debit: at(books, A), credit, minutes: 15, when });
      const { rows } = await app().query<{ past: boolean; exact: boolean; same: boolean }>(
        `SELECT at <= now() AS past, at = $3::timestamptz AS exact, at = vouched_at AS same
         FROM vouch JOIN account USING (community_id)
         WHERE community_id = $1 AND member_id = $2 AND account.id = $2`,
        [books.community, credit, when],
      );
      return rows[0];
    };
    const [early, late] = [at(books, B), at(books, C)];
    expect(await timeOfVouchFor(early, "2026-01-01T00:00:00Z")).toEqual({
      past: true,
      exact: true,
      same: true,
    });
    expect(await timeOfVouchFor(late, "2999-01-01T00:00:00Z")).toEqual({
      past: true,
      exact: false,
      same: true,
    });
  });

  it("vouches neither for the fund, nor by the fund", async () => {
    const books = await makeBooks();
    const [member, giver] = [at(books, A), at(books, B)];
    await setWelcome(books, 30);
    await vouch(books, member);
    await post(books, { debit: member, credit: books.community, minutes: 15 });
    await post(books, { debit: books.community, credit: giver, minutes: 15 });
    expect([await isVouched(books, books.community), await isVouched(books, giver)]).toEqual([
      false,
      false,
    ]);
    expect(await accountOf(books, books.community)).toMatchObject({ balance: -30 });
    expect(await violations(books)).toEqual([]);
  });

  it("stores the user who acted for the receiver as the one who vouched", async () => {
    const ids = [v7(), v7()];
    const [books, elsewhere] = [await makeBooks(ids), await makeBooks(ids)];
    const [receiver = "", giver = ""] = ids;
    const [someone, helper] = [await makeUser(), await makeUser()];
    await vouch(books, receiver);
    const id = await makeExchange(books, giver, receiver);
    await makeExchange(elsewhere, giver, receiver, 60, id);
    const event = (
      { community }: Books,
      exchange: string,
      version: number,
      [kind, member, user]: [string, string, string],
    ) =>
      app().query(
        `INSERT INTO exchange_event
           (community_id, exchange_id, version, at, member_id, acting_user_id, kind, minutes)
         VALUES ($1, $2, $3, now(), $4, $5, $6, 45)`,
        [community, exchange, version, member, user, kind],
      );
    // The receiver's helper reports less than was agreed, and the giver confirms that.
    await event(books, id, 2, ["reported", receiver, someone]);
    await event(books, id, 3, ["reported", receiver, helper]);
    await event(books, id, 4, ["confirmed", giver, someone]);
    // Other exchanges, of this community and of another.
    const other = await makeExchange(books, giver, receiver);
    await event(books, other, 5, ["reported", receiver, someone]);
    await event(elsewhere, id, 5, ["reported", receiver, someone]);
    await app().query("UPDATE exchange SET status = 'settled', version = 4 WHERE id = $1", [id]);
    await app().query("SELECT post_transfer($1, $2, 'exchange', $3, $4, 45, $2)", [
      books.community,
      id,
      receiver,
      giver,
    ]);
    const { rows } = await app().query("SELECT acting_user_id FROM vouch WHERE member_id = $1", [
      giver,
    ]);
    expect(rows).toEqual([{ acting_user_id: helper }]);
  });

  it("pays no welcome credit in a community without one", async () => {
    const books = await makeBooks();
    await vouch(books, at(books, A));
    await post(books, { debit: at(books, A), credit: at(books, B), minutes: 60 });
    expect(await isVouched(books, at(books, B))).toBe(true);
    expect(await accountOf(books, books.community)).toMatchObject({ version: 0 });
    expect(await violations(books)).toEqual([]);
  });

  it("refuses to vouch for a member whose account is closed", async () => {
    const books = await makeBooks();
    const [debit, giver] = [at(books, A), at(books, B)];
    await setWelcome(books, 30);
    await vouch(books, debit);
    const promised = await makeExchange(books, giver, debit);
    await hold(books, promised, debit, giver, 60);
    await closeAccount(books, giver);
    const exchange = promised;
    expect(await state(post(books, { debit, credit: giver, minutes: 60, exchange }))).toBe(
      "accepted",
    );
    expect(await isVouched(books, giver)).toBe(false);
    expect(await violations(books)).toEqual([]);
  });

  it("does not vouch for a giver by an automatic settlement", async () => {
    const books = await makeBooks();
    await vouch(books, at(books, A));
    const events: Event[] = [agreed, ["reported", "giver"], ["settledAutomatically", "time"]];
    expect(await settledBy(books, events)).toBe("accepted");
    expect(await isVouched(books, at(books, B))).toBe(false);
    expect(
      await settledBy(books, [
        ["reported", "giver"],
        ["confirmed", "receiver"],
      ]),
    ).toBe("accepted");
    expect(await isVouched(books, at(books, B))).toBe(true);
  });

  it("locks the fund's account with the others, so that the welcome credit does not deadlock", async () => {
    const books = await makeBooks(3);
    await setWelcome(books, 30);
    await vouch(books, at(books, A));
    const debit = at(books, A);
    const legTo = (credit: string) => ({
      id: v7(),
      kind: "exchange",
      minutes: 15,
      debit,
      credit,
    });
    const calls: [giver: string, call: (giver: string) => Call][] = [
      [at(books, B), (giver) => move(debit, giver, 15)],
      [at(books, C), (giver) => postAll(legTo(giver))],
    ];
    for (const [giver, callFor] of calls) {
      const free = async () => {
        expect(await waitingForLocks()).toBe(1);
        const { rowCount } = await owner().query(
          "SELECT 1 FROM account WHERE community_id = $1 AND id = ANY($2) FOR UPDATE SKIP LOCKED",
          [books.community, [debit, giver]],
        );
        expect(rowCount).toBe(2);
      };
      const then = callFor(giver);
      const said = await second(books, {
        // The fund's id is the oldest, so it is asked for before theirs.
        first: (one) =>
          one.query("SELECT 1 FROM account WHERE community_id = $1 AND id = $1 FOR UPDATE", [
            books.community,
          ]),
        then,
        look: free,
      });
      expect(said).toBe("accepted");
      expect(await isVouched(books, giver)).toBe(true);
    }
    expect(await violations(books)).toEqual([]);
  });

  it("pays one welcome credit when two concurrent exchanges vouch for a member", async () => {
    const books = await makeBooks(3);
    await setWelcome(books, 30);
    await vouch(books, at(books, A));
    await vouch(books, at(books, C));
    const giver = at(books, B);
    const [one, two] = [move(at(books, A), giver, 15), move(at(books, C), giver, 15)];
    const said = await secondAfter(books, one, two);
    expect(said).toBe("accepted");
    expect(await accountOf(books, giver)).toMatchObject({ balance: 60, version: 3 });
    await done(books, move(at(books, A), giver, 15));
    expect(await violations(books)).toEqual([]);
  });
});

describe("vouching by received help", () => {
  const DAY_MS = 86_400_000;
  const monthAgo = () => new Date(Date.now() - 31 * DAY_MS).toISOString();
  /** For each giver, whether they are vouched for after the member has received their help, in turn. */
  const vouchesFor = async (books: Books, member: string, givers: string[], when?: string) => {
    const vouched = [];
    for (const credit of givers) {
      await post(books, { debit: member, credit, minutes: 15, ...(when && { when }) });
      vouched.push(await isVouched(books, credit));
    }
    return vouched;
  };
  const [yes, no] = [true, false];

  it("lets a receiver vouch for three givers in thirty days", async () => {
    const books = await makeBooks(9);
    const [member = "", ...givers] = books.accounts;
    await vouch(books, member);
    expect(await vouchesFor(books, member, givers.slice(0, 3), monthAgo())).toEqual([
      yes,
      yes,
      yes,
    ]);
    expect(await vouchesFor(books, member, givers.slice(3, 7))).toEqual([yes, yes, yes, no]);
    // A coordinator may still vouch, and each member's vouches are counted separately.
    expect(await vouch(books, givers[6] ?? "")).toBe("accepted");
    expect(await vouchesFor(books, givers[6] ?? "", givers.slice(7))).toEqual([yes]);
    expect(await violations(books)).toEqual([]);
  });

  it("lets a receiver vouch in only three of several concurrent exchanges", async () => {
    const books = await makeBooks(5);
    const [member = "", one = "", two = "", three = "", four = ""] = books.accounts;
    await vouch(books, member);
    await vouchesFor(books, member, [one, two]);
    const last = [move(member, three, 15), move(member, four, 15)] as const;
    expect(await secondAfter(books, ...last)).toBe("accepted");
    expect([await isVouched(books, three), await isVouched(books, four)]).toEqual([yes, no]);
  });

  it("refuses vouches by a member who was vouched for that way within thirty days", async () => {
    const books = await makeBooks(4);
    const [member = "", middle = "", last = ""] = books.accounts;
    await vouch(books, member);
    expect(await vouchesFor(books, member, [middle])).toEqual([yes]);
    expect(await vouchesFor(books, middle, [last])).toEqual([no]);
    const older = await makeBooks(4);
    const [before = "", between = "", after = ""] = older.accounts;
    await vouch(older, before);
    expect(await vouchesFor(older, before, [between], monthAgo())).toEqual([yes]);
    expect(await vouchesFor(older, between, [after])).toEqual([yes]);
  });

  it("lets an active coordinator vouch for any number of givers", async () => {
    const books = await makeBooks(9);
    const [second = "", ...givers] = books.accounts;
    const { desk } = books;
    const coordinates = "UPDATE member SET role = 'coordinator' WHERE id = $1";
    await app().query(coordinates, [second]);
    expect(await vouch(books, desk, { by: second })).toBe("accepted");
    expect(await vouchesFor(books, desk, givers.slice(0, 4))).toEqual([yes, yes, yes, yes]);
    await app().query("UPDATE member SET status = 'paused' WHERE id = $1", [desk]);
    expect(await vouchesFor(books, desk, givers.slice(4, 5))).toEqual([no]);
  });

  it("ignores vouches with a future date, from a clock that was ahead", async () => {
    const books = await makeBooks(5);
    const [member = "", giver = "", ...others] = books.accounts;
    await vouch(books, member);
    for (const other of others) {
      await owner().query(
        `INSERT INTO vouch (community_id, member_id, kind, by_id, at)
         VALUES ($1, $2, 'exchange', $3, now() + interval '1 year')`,
        [books.community, other, member],
      );
    }
    expect(await vouchesFor(books, member, [giver])).toEqual([yes]);
  });

  it("counts the vouches of its own community only", async () => {
    const ids = Array.from({ length: 5 }, () => v7());
    const [ours, theirs] = [await makeBooks(ids), await makeBooks(ids)];
    const [member = "", ...givers] = ids;
    const coordinates =
      "UPDATE member SET role = 'coordinator' WHERE community_id = $1 AND id = $2";
    await app().query(coordinates, [theirs.community, member]);
    for (const books of [theirs, ours]) await vouch(books, member);
    expect(await vouchesFor(theirs, member, givers)).toEqual([yes, yes, yes, yes]);
    expect(await vouchesFor(ours, member, givers)).toEqual([yes, yes, yes, no]);
  });
});

describe("individual limits of a member", () => {
  it("lets only another active coordinator decide the limits, and stores every decision", async () => {
    const books = await makeBooks();
    const decide = (member: string, by: string, floor: number | null = -15) =>
      state(
        app().query("SELECT decide_member_limits($1, $2, $3, 60, $4, 'because', NULL)", [
          books.community,
          member,
          floor,
          by,
        ]),
      );
    expect(await decide(at(books, A), at(books, B))).toBe(NO_AUTHORITY);
    expect(await decide(books.desk, books.desk)).toBe(NO_AUTHORITY);
    expect(await decide(at(books, A), v7())).toBe(NO_AUTHORITY);
    expect(await decide(at(books, A), (await makeBooks(0)).desk)).toBe(NO_AUTHORITY);
    expect(await decide(v7(), books.desk)).toBe("EH005");
    expect(await decide(books.community, books.desk)).toBe("EH005");
    expect(await decide(at(books, A), books.desk, 1)).toBe("23514");
    expect(await decide(at(books, A), books.desk)).toBe("accepted");
    expect(await decide(at(books, A), books.desk, null)).toBe("accepted");
    // Each member's decisions are counted for themselves.
    expect(await decide(at(books, B), books.desk)).toBe("accepted");
    await app().query("UPDATE member SET status = 'left' WHERE id = $1", [books.desk]);
    expect(await decide(at(books, A), books.desk)).toBe(NO_AUTHORITY);
    const decisions = async (member: string) => {
      const { rows } = await app().query(
        `SELECT version, floor, ceiling, decided_by_id, reason FROM limit_decision
         WHERE community_id = $1 AND member_id = $2 ORDER BY version`,
        [books.community, member],
      );
      return rows;
    };
    const shared = { ceiling: 60, decided_by_id: books.desk, reason: "because" };
    expect(await decisions(at(books, A))).toEqual([
      { version: 1, floor: -15, ...shared },
      { version: 2, floor: null, ...shared },
    ]);
    expect(await decisions(at(books, B))).toEqual([{ version: 1, floor: -15, ...shared }]);
    expect(await violations(books)).toEqual([]);
  });

  it("refuses limits for the fund, which has no floor", async () => {
    const books = await makeBooks(1, -60);
    const { rows } = await owner().query(
      "SELECT kind::text, floor_of(account) AS floor FROM account WHERE community_id = $1 AND id = ANY($2)",
      [books.community, [books.community, at(books, A)]],
    );
    expect(rows).toEqual(
      expect.arrayContaining([
        { kind: "fund", floor: null },
        { kind: "member", floor: -60 },
      ]),
    );
  });

  it("applies individual limits instead of the community's rule", async () => {
    const books = await makeBooks(2, -60);
    await vouch(books, at(books, A));
    await decideLimits(books, at(books, A), -90, null);
    const spend = (minutes: number) =>
      state(post(books, { debit: at(books, A), credit: at(books, B), minutes }));
    expect(await spend(91)).toBe("EH001");
    expect(await spend(90)).toBe("accepted");
  });
});

describe("concurrent calls", () => {
  const vouching = (books: Books, member: string): Call => [
    ...(["vouch_for", member, "approved", books.desk, null, new Date(), null] as const),
  ];
  const deciding = (books: Books, member: string): Call => [
    ...(["decide_member_limits", member, -15, null, books.desk, "because", null] as const),
  ];

  it("vouches once for concurrent calls, and stores two decisions one after the other", async () => {
    const books = await makeBooks();
    const member = at(books, A);
    await setWelcome(books, 30);
    expect(await secondAfter(books, vouching(books, member), vouching(books, member))).toBe(
      "accepted",
    );
    expect(await secondAfter(books, deciding(books, member), deciding(books, member))).toBe(
      "accepted",
    );
    expect(await accountOf(books, member)).toMatchObject({ balance: 30, version: 1 });
    expect(await violations(books)).toEqual([]);
  });

  it("locks no account of other members to vouch for one", async () => {
    const books = await makeBooks(2);
    const then = vouching(books, at(books, A));
    const said = await second(books, {
      first: (one) =>
        one.query("SELECT 1 FROM account WHERE id = $1 FOR NO KEY UPDATE", [at(books, B)]),
      then,
      look: async () => expect(await waitingForLocks()).toBe(0),
    });
    expect(said).toBe("accepted");
  });

  it("locks the fund before the member when the fund's id is lower", async () => {
    const books = await makeBooks();
    const member = at(books, A);
    const then = vouching(books, member);
    const said = await second(books, {
      first: (one) =>
        one.query("SELECT 1 FROM account WHERE community_id = $1 AND id = $1 FOR UPDATE", [
          books.community,
        ]),
      then,
      look: async () => {
        const { rowCount } = await owner().query(
          "SELECT 1 FROM account WHERE community_id = $1 AND id = $2 FOR UPDATE SKIP LOCKED",
          [books.community, member],
        );
        expect(rowCount).toBe(1);
      },
    });
    expect(said).toBe("accepted");
  });
});

describe("two communities with the same ids", () => {
  it("requires authority in each community separately", async () => {
    const ids = [v7(), v7(), v7()].sort();
    const [ours, theirs] = [await makeBooks(ids), await makeBooks(ids)];
    const [debit, giver, maker] = [at(ours, A), at(ours, B), at(ours, C)];
    const untouched = async () =>
      (
        await owner().query("SELECT * FROM account WHERE community_id = $1 ORDER BY id", [
          theirs.community,
        ])
      ).rows;
    // In their community the receiver is vouched for and has individual limits; in ours they have neither.
    await vouch(theirs, debit);
    await decideLimits(theirs, debit, -90, null);
    const before = await untouched();
    await post(ours, { debit, credit: giver, minutes: 100 });
    expect(await isVouched(ours, giver)).toBe(false);
    await decideLimits(ours, debit, -200, 60);
    await vouch(ours, giver);
    const { rows } = await app().query(
      "SELECT version FROM limit_decision WHERE community_id = $1",
      [ours.community],
    );
    expect(rows).toEqual([{ version: 1 }]);
    expect(await untouched()).toEqual(before);
    // An invitation counts, and is used up, only in the community in which it was created.
    const source = v7();
    const invite = (books: Books) =>
      app().query(
        `INSERT INTO invitation (community_id, id, token_hash, label, created_by_id, created_at,
           expires_at, max_uses, uses)
         VALUES ($1, $2::uuid, $2::uuid::text, '', $3, now(), now(), 1, 1)`,
        [books.community, source, maker],
      );
    const invited = (books: Books) => vouch(books, debit, { kind: "invited", by: maker, source });
    await vouch(theirs, maker);
    await invite(theirs);
    expect(await invited(ours)).toBe(NO_AUTHORITY);
    await invite(ours);
    expect(await invited(ours)).toBe(NO_AUTHORITY);
    await vouch(ours, maker);
    const used = vouch(theirs, giver, { kind: "invited", by: maker, source });
    expect(await used).toBe("accepted");
    expect(await invited(ours)).toBe("accepted");
    for (const books of [ours, theirs]) expect(await violations(books)).toEqual([]);
  });

  it("refuses a reversal on the other community's decision", async () => {
    const ids = [v7(), v7()].sort();
    const [ours, theirs] = [await makeBooks(ids), await makeBooks(ids)];
    const [debit, credit, id] = [at(ours, A), at(ours, B), v7()];
    for (const books of [ours, theirs]) await post(books, { id, debit, credit, minutes: 60 });
    await reverse(theirs, v7(), id);
    const undo = () =>
      state(app().query("SELECT reverse_transfer($1, $2, $3)", [ours.community, v7(), id]));
    expect(await undo()).toBe(NO_AUTHORITY);
    // The same version as in their community, from another change.
    await app().query("UPDATE exchange SET version = 3 WHERE community_id = $1 AND id = $2", [
      ours.community,
      id,
    ]);
    expect(await undo()).toBe(NO_AUTHORITY);
  });

  it("refuses a settlement on the other community's event, and check_books distinguishes the two", async () => {
    const ids = [v7(), v7(), v7()].sort();
    const books = [await makeBooks(ids), await makeBooks(ids)] as const;
    const [ours] = books;
    const [debit, giver, guest] = [at(ours, A), at(ours, B), at(ours, C)];
    const [settled, undone, undo] = [v7(), v7(), v7()];
    for (const each of books) {
      await post(each, { id: settled, debit, credit: giver, minutes: 60 });
      await post(each, { id: undone, debit, credit: giver, minutes: 30 });
      await reverse(each, undo, undone);
      await welcome(each, guest, 30);
      await decideLimits(each, guest, -45, 120);
    }
    const client = await owner().connect();
    try {
      await client.query("BEGIN");
      for (const table of ["vouch", "limit_decision", "account"])
        await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
      for (const column of ["event_exchange_id_event_version", "vouched_member_id"])
        await client.query(
          `ALTER TABLE transfer DROP CONSTRAINT transfer_community_id_${column}_fkey`,
        );
      for (const table of ["exchange_event", "vouch", "limit_decision"])
        await client.query(`DELETE FROM ${table} WHERE community_id = $1`, [ours.community]);
      const { rows } = await client.query<{ community_id: string; violation: string }>(
        `SELECT DISTINCT community_id, violation FROM check_books()
         WHERE community_id = ANY ($1) ORDER BY violation`,
        [books.map(({ community }) => community)],
      );
      const found = [
        "exchange settled without authority",
        "limits without authority",
        "reversal without authority",
        "vouched for without authority",
        "welcome credit without authority",
      ];
      expect(rows).toEqual(found.map((violation) => ({ community_id: ours.community, violation })));
      // The answers are here, what they answer is there only.
      const answers: [string, string | null, string, string][] = [
        ["confirmed", debit, "reported", giver],
        ["resolvedWithHours", guest, "disputed", debit],
        ["settledAutomatically", null, "agreed", debit],
      ];
      const add = `INSERT INTO exchange_event
        (community_id, exchange_id, version, at, member_id, kind, minutes)
        VALUES ($1, $2, $3, now(), $4, $5, 60)`;
      await client.query("DELETE FROM exchange_event WHERE exchange_id = $1", [settled]);
      for (const [index, [answer, who, asked, by]] of answers.entries()) {
        for (const { community } of books) {
          await client.query(add, [community, settled, 10 * index + 2, who, answer]);
        }
        await client.query(add, [books[1].community, settled, 10 * index + 1, by, asked]);
        const word = async ({ community }: Books) =>
          (
            await client.query("SELECT settlement_event($1, $2, $3, $4, 60, $5) AS word", [
              community,
              settled,
              giver,
              debit,
              10 * index + 2,
            ])
          ).rows;
        expect(await word(ours)).toEqual([{ word: null }]);
        expect(await word(books[1])).toEqual([{ word: answer }]);
      }
    } finally {
      await client.query("ROLLBACK");
      client.release();
    }
  });
});
