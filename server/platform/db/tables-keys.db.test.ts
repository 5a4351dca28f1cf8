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
  TABLES,
  type Table,
  tried,
  type World,
} from "./testing/rows";
import { schemaTable, schemaTables } from "./testing/schema";

const TWICE = "23505";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

describe("a second row with the same key is refused", () => {
  const keys: [Table, ...string[]][] = [
    ...TABLES.flatMap((table) =>
      schemaTable(table).keys.map((key): [Table, ...string[]] => [table, ...key]),
    ).filter((key) => String(key) !== "calendar_feed,token_hash"),
    // An index of SQL: names are compared without case and accents.
    ["neighbourhood", "community_id", "name"],
  ];
  const isOptional = (table: Table, name: string) =>
    schemaTable(table).columns.some((column) => column.name === name && column.isOptional);
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

  it.each(keys.map(([table, ...columns]) => ({ table, columns })))(
    "$table by its $columns",
    async ({ table, columns }) => {
      const mayBeEmpty = columns.some((column) => isOptional(table, column));
      const changes = mayBeEmpty ? having(columns.at(-1)) : {};
      const first = rowOf(world, table, changes);
      const same = Object.fromEntries(columns.map((name) => [name, first[name]]));
      const second = rowOf(world, table, { ...changes, ...same });
      const answers = await tried(async (client) => [
        await state(insert(client, table, first)),
        await state(insert(client, table, second)),
      ]);
      expect(answers).toEqual(["accepted", TWICE]);
    },
  );

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

describe("the tables of a community", () => {
  // An e-mail may belong to none.
  const ofCommunity = schemaTables.filter(({ columns }) =>
    columns.some(({ name, isOptional }) => name === "community_id" && !isOptional),
  );

  it.each(ofCommunity)("$name: its keys and references lead with community_id", (table) => {
    const lists = [...table.keys, ...table.references.map(({ columns }) => columns)];
    // A reference to a user, who belongs to no community, has one column.
    const led = lists.filter((columns) => columns.length > 1 || table.keys.includes(columns));
    expect(led.map(([first]) => first)).toEqual(led.map(() => "community_id"));
    expect(table.keys).not.toEqual([]);
  });
});
