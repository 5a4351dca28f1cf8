/** The unique keys of each table. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { state } from "./testing/books";
import {
  byEvent,
  insert,
  makeWorld,
  type Row,
  rowOf,
  type Table,
  tried,
  type World,
} from "./testing/rows";

const TWICE = "23505";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

describe("a second row with the same key is refused", () => {
  const keys: [Table, ...string[]][] = [
    ["account", "community_id", "id"],
    ["transfer", "community_id", "id"],
    ["transfer", "community_id", "exchange_id"],
    ["transfer", "community_id", "reverses_id"],
    ["transfer", "community_id", "debit_account_id", "debit_version"],
    ["transfer", "community_id", "credit_account_id", "credit_version"],
    ["hold", "community_id", "exchange_id"],
    ["vouch", "community_id", "member_id"],
    ["limit_decision", "community_id", "member_id", "version"],
    ["community", "id"],
    ["community", "slug"],
    ["member", "community_id", "id"],
    ["member", "community_id", "number"],
    ["member", "community_id", "user_id"],
    ["neighbourhood", "community_id", "id"],
    ["neighbourhood", "community_id", "name"],
    ["invitation", "community_id", "id"],
    ["invitation", "community_id", "token_hash"],
    ["member_join", "community_id", "member_id"],
    ["listing", "community_id", "id"],
    ["saved_search", "community_id", "id"],
    ["exchange", "community_id", "id"],
    ["exchange_event", "community_id", "exchange_id", "version"],
    ["exchange_note", "community_id", "id"],
    ["availability", "community_id", "member_id", "weekday", "starts"],
    ["availability_override", "community_id", "id"],
    ["calendar_feed", "user_id"],
    ["email_change", "user_id"],
    ["thanks", "community_id", "exchange_id", "from_member_id"],
    ["request_id", "community_id", "id"],
    ["private_word", "community_id", "exchange_id", "from_member_id"],
    ["photo", "community_id", "id"],
    ["member", "community_id", "photo_id"],
    ["listing", "community_id", "photo_id"],
    ["installation", "id"],
    ["user", "id"],
    ["user", "email"],
    ["user", "former_email"],
    ["session", "id"],
    ["identity", "issuer", "subject"],
    ["sign_in_link", "token_hash"],
    ["mail", "id"],
    ["mail_token", "mail_id"],
    ["known_device", "user_id", "token_hash"],
    ["revocation", "id"],
    ["rate_limit", "key"],
  ];
  /** What a row needs to have a value in that column. */
  const having = (column = ""): Row => {
    if (column === "exchange_id") {
      return { kind: "exchange", exchange_id: world.exchange, ...byEvent(world) };
    }
    if (column === "reverses_id") {
      return { kind: "reversal", reverses_id: world.transfer, ...byEvent(world) };
    }
    if (column === "photo_id") return { photo_id: world.photo };
    if (column === "former_email") {
      return { former_email: `${v7()}@example.org`, former_email_until: "2026-12-01" };
    }
    return column === "user_id" ? { user_id: world.user } : {};
  };

  it.each(keys)("%s by its %s %s %s", async (table, ...columns) => {
    const mayBeEmpty = ["transfer", "member", "listing", "user"].includes(table);
    const changes = mayBeEmpty ? having(columns.filter(Boolean).at(-1)) : {};
    const first = rowOf(world, table, changes);
    const same = Object.fromEntries(columns.filter(Boolean).map((name) => [name, first[name]]));
    const second = rowOf(world, table, { ...changes, ...same });
    const answers = await tried(async (client) => [
      await state(insert(client, table, first)),
      await state(insert(client, table, second)),
    ]);
    expect(answers).toEqual(["accepted", TWICE]);
  });

  it("calendar_feed by its token_hash, even for another user", async () => {
    const other = rowOf(world, "user");
    const first = rowOf(world, "calendar_feed");
    const second = { ...first, user_id: other.id };
    const answers = await tried(async (client) => [
      await state(insert(client, "user", other)),
      await state(insert(client, "calendar_feed", first)),
      await state(insert(client, "calendar_feed", second)),
    ]);
    expect(answers).toEqual(["accepted", "accepted", TWICE]);
  });
});
