/** The foreign keys of each table. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { state } from "./testing/books";
import {
  byEvent,
  insert,
  makeWorld,
  put,
  type Row,
  rowOf,
  TABLES,
  type Table,
  tried,
  type World,
} from "./testing/rows";
import { schemaTable } from "./testing/schema";

const NOBODY = "23503";
/** PostgreSQL 18 has its own code for a row that is still referenced. */
const REFERRED_TO = ["23001", "23503"];

let world: World;
let elsewhere: World;
beforeAll(async () => {
  world = await makeWorld();
  elsewhere = await makeWorld();
});

describe("a referenced row exists in the same community", () => {
  type Reference = [
    child: Table,
    column: string,
    parent: Table,
    rule: "stays" | "takes it along" | "is forgotten",
    more?: () => Row,
  ];
  const rules = { Restrict: "stays", Cascade: "takes it along", SetNull: "is forgotten" } as const;
  const isReversal = () => ({
    kind: "reversal",
    reverses_id: world.transfer,
    ...byEvent(world),
  });
  /** What a row needs to refer by that column. */
  const needs: Record<string, () => Row> = {
    "transfer.credit_account_id": isReversal,
    "transfer.reverses_id": isReversal,
    "exchange.giver_id": () => ({ pending_by_id: world.receiver }),
    "exchange.receiver_id": () => ({ pending_by_id: world.giver }),
  };
  /** The authority of a transfer, which the valid row does not choose freely: tables-authority.db.test.ts. */
  const ofAuthority = ["exchange_id", "event_version", "vouched_member_id", "decided_by_id"];
  /** A version is no id: tested below. */
  const isVersion = (child: Table, columns: string[]) =>
    child === "notification" && columns.includes("event_version");
  const references = TABLES.flatMap((child) => {
    const all = schemaTable(child).references;
    // Another reference of the community's implies the one to the community.
    const isImplied = (columns: string[]) =>
      String(columns) === "community_id" &&
      all.some((other) => other.columns.length > 1 && other.columns.includes("community_id"));
    return all
      .filter(({ columns }) => !isImplied(columns))
      .filter(({ columns }) => !isVersion(child, columns))
      .filter(({ columns }) => child !== "transfer" || !ofAuthority.includes(columns.at(-1) ?? ""))
      .map(({ columns, parent, onDelete }): Reference => {
        const column = columns.at(-1) ?? "";
        return [child, column, parent as Table, rules[onDelete], needs[`${child}.${column}`]];
      });
  });
  it("a notification names an event of its exchange, which stays", async () => {
    const version = byEvent(world).event_version;
    const named = { exchange_id: world.exchange, event_version: version };
    expect(await put(world, "notification", named)).toBe("accepted");
    expect(await put(world, "notification", { ...named, event_version: 9999 })).toBe(NOBODY);
    const answer = await tried(async (client) => {
      await insert(client, "notification", rowOf(world, "notification", named));
      await client.query("ALTER TABLE transfer DISABLE TRIGGER USER");
      await client.query("DELETE FROM transfer WHERE exchange_id = $1", [world.exchange]);
      return state(
        client.query("DELETE FROM exchange_event WHERE exchange_id = $1 AND version = $2", [
          world.exchange,
          version,
        ]),
      );
    });
    expect(REFERRED_TO).toContain(answer);
  });

  it.each(references)("%s.%s refuses an unknown %s", async (child, column, _, __, more) => {
    expect(await put(world, child, { ...more?.(), [column]: v7() })).toBe(NOBODY);
  });

  /** Tables whose rows belong to no community. */
  const ofNone: Table[] = ["community", "user", "mail", "session", "push_subscription"];
  it.each(references.filter(([, , parent]) => !ofNone.includes(parent)))(
    "%s.%s refuses a %s of another community",
    async (child, column, parent, _, more) => {
      const there = rowOf(elsewhere, parent);
      const answer = await tried(async (client) => {
        await insert(client, parent, there);
        return state(
          insert(client, child, rowOf(world, child, { ...more?.(), [column]: there.id })),
        );
      });
      expect(answer).toBe(NOBODY);
    },
  );

  it.each(references)(
    "deleting what %s.%s refers to: the %s %s",
    async (child, column, parent, rule, more) => {
      const parentRow = rowOf(world, parent);
      const row = rowOf(world, child, { ...more?.(), [column]: parentRow.id });
      const { answer, remaining } = await tried(async (client) => {
        // Triggers that refuse changes to the books are tested elsewhere.
        for (const table of ["account", "transfer", "hold", "vouch", "limit_decision"])
          await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
        const countRows = async () =>
          (await client.query<{ rows: number }>(`SELECT count(*)::integer AS rows FROM ${child}`))
            .rows[0]?.rows ?? Number.NaN;
        await insert(client, parent, parentRow);
        const before = await countRows();
        await insert(client, child, row);
        const deleted = await state(
          client.query(`DELETE FROM "${parent}" WHERE id = $1`, [parentRow.id]),
        );
        return {
          answer: deleted,
          remaining: deleted === "accepted" ? (await countRows()) - before : 1,
        };
      });
      if (rule === "stays") expect(REFERRED_TO).toContain(answer);
      else
        expect({ answer, remaining }).toEqual({
          answer: "accepted",
          remaining: rule === "is forgotten" ? 1 : 0,
        });
    },
  );

  it("notification.event_version refuses an unknown exchange_event", async () => {
    expect(await put(world, "notification", { event_version: 99 })).toBe(NOBODY);
  });
});
