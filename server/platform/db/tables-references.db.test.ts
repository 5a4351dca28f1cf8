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
  type Table,
  tried,
  type World,
} from "./testing/rows";

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
  const isReversal = () => ({
    kind: "reversal",
    reverses_id: world.transfer,
    ...byEvent(world),
  });
  const references: Reference[] = [
    ["account", "community_id", "community", "stays"],
    ["neighbourhood", "community_id", "community", "stays"],
    // An exchange's transfer names its event, which has the exchange: see tables-authority.db.test.ts.
    ["transfer", "debit_account_id", "account", "stays"],
    ["transfer", "credit_account_id", "account", "stays", isReversal],
    ["transfer", "reverses_id", "transfer", "stays", isReversal],
    ["hold", "account_id", "account", "stays"],
    ["hold", "exchange_id", "exchange", "stays"],
    ["vouch", "member_id", "member", "stays"],
    ["vouch", "by_id", "member", "stays"],
    ["limit_decision", "member_id", "member", "stays"],
    ["limit_decision", "decided_by_id", "member", "stays"],
    ["vouch", "acting_user_id", "user", "is forgotten"],
    ["limit_decision", "acting_user_id", "user", "is forgotten"],
    ["member", "id", "account", "stays"],
    ["member", "user_id", "user", "is forgotten"],
    ["invitation", "created_by_id", "member", "stays"],
    ["invitation", "acting_user_id", "user", "is forgotten"],
    ["member_join", "member_id", "member", "takes it along"],
    ["member_join", "invitation_id", "invitation", "stays"],
    ["listing", "member_id", "member", "stays"],
    ["saved_search", "member_id", "member", "takes it along"],
    ["exchange", "giver_id", "member", "stays", () => ({ pending_by_id: world.receiver })],
    ["exchange", "receiver_id", "member", "stays", () => ({ pending_by_id: world.giver })],
    ["exchange", "listing_id", "listing", "stays"],
    ["exchange_event", "exchange_id", "exchange", "stays"],
    ["exchange_event", "acting_user_id", "user", "is forgotten"],
    ["exchange_note", "exchange_id", "exchange", "stays"],
    ["exchange_note", "member_id", "member", "stays"],
    ["exchange_note", "acting_user_id", "user", "is forgotten"],
    ["availability", "member_id", "member", "stays"],
    ["availability_override", "member_id", "member", "stays"],
    ["calendar_feed", "user_id", "user", "takes it along"],
    ["email_change", "user_id", "user", "takes it along"],
    ["thanks", "exchange_id", "exchange", "stays"],
    ["thanks", "from_member_id", "member", "stays"],
    ["thanks", "to_member_id", "member", "stays"],
    ["request_id", "member_id", "member", "takes it along"],
    ["private_word", "exchange_id", "exchange", "stays"],
    ["private_word", "from_member_id", "member", "stays"],
    ["photo", "owner_id", "account", "stays"],
    ["member", "photo_id", "photo", "stays"],
    ["listing", "photo_id", "photo", "stays"],
    ["session", "user_id", "user", "takes it along"],
    ["identity", "user_id", "user", "takes it along"],
    ["sign_in_link", "user_id", "user", "takes it along"],
    ["known_device", "user_id", "user", "takes it along"],
    ["revocation", "user_id", "user", "takes it along"],
    ["mail_token", "mail_id", "mail", "takes it along"],
  ];
  it.each(references)("%s.%s refuses an unknown %s", async (child, column, _, __, more) => {
    expect(await put(world, child, { ...more?.(), [column]: v7() })).toBe(NOBODY);
  });

  /** Tables whose rows belong to no community. */
  const ofNone: Table[] = ["community", "user", "mail"];
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
});
