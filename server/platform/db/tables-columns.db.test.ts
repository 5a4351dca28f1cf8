/** Which columns of each table are nullable. */
import { beforeAll, describe, expect, it } from "vitest";
import { makeWorld, put, rowOf, TABLES, type Table, type World } from "./testing/rows";
import { schemaTable } from "./testing/schema";

const NOTHING = "23502";
const AGAINST_A_RULE = "23514";

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

it.each(TABLES)("%s accepts a valid row", async (table) => {
  expect(
    await put(world, table, {}),
    `Add to goodRows in testing/rows.ts what a valid row of ${table} needs.`,
  ).toBe("accepted");
});

describe("only the optional columns accept NULL", () => {
  /** Prisma makes list columns nullable; its client reads NULL as an empty list. */
  const optionalOf = (table: Table) =>
    schemaTable(table)
      .columns.filter(({ isOptional, isList }) => isOptional || isList)
      .map(({ name }) => name);
  // A trigger overwrites member_words of a new listing.
  const overwritten: Partial<Record<Table, string[]>> = { listing: ["member_words"] };

  /** Optional columns that a CHECK requires for what the valid row is. */
  const required: Partial<Record<Table, string[]>> = {
    transfer: ["vouched_member_id"],
    mail: ["community_id", "member_id"],
  };

  it.each(TABLES)("%s", async (table) => {
    const optional = [...optionalOf(table), ...(overwritten[table] ?? [])];
    for (const column of Object.keys(rowOf(world, table))) {
      const isRequired = required[table]?.includes(column);
      const expected = isRequired
        ? AGAINST_A_RULE
        : optional.includes(column)
          ? "accepted"
          : NOTHING;
      expect([column, await put(world, table, { [column]: null })]).toEqual([column, expected]);
    }
  });
});
