/** A new kind of transfer needs an authority too; this file's database has one, `dues`. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { state } from "./testing/books";
import { owner } from "./testing/pools";
import {
  byEvent,
  insert,
  makeWorld,
  put,
  type Row,
  rowOf,
  tried,
  type World,
} from "./testing/rows";

const [NOTHING, AGAINST_A_RULE, UNKNOWN] = ["23502", "23514", "23503"];
/** PostgreSQL 18 has its own code for a row that is still referenced. */
const REFERRED_TO = ["23001", "23503"];

let world: World;
let elsewhere: World;
beforeAll(async () => {
  await owner().query("ALTER TYPE transfer_kind ADD VALUE 'dues'");
  world = await makeWorld();
  elsewhere = await makeWorld();
});

const none = { vouched_member_id: null };
const authorities: Record<string, (of: World) => Row> = {
  event: byEvent,
  vouch: ({ giver }) => ({ authority: "vouch", vouched_member_id: giver }),
  decision: ({ receiver }) => ({
    ...none,
    authority: "decision",
    decided_by_id: receiver,
    decided_power: "coordinator",
  }),
};
const kinds = Object.keys(authorities);
const dues = (more: Row) => put(world, "transfer", { kind: "dues", ...more });
const of = (kind: string, from = world): Row => authorities[kind]?.(from) ?? {};

describe("a transfer of a new kind", () => {
  it("is refused without authority", async () => {
    expect(await dues({ ...none, authority: null })).toBe(NOTHING);
  });

  it.each(kinds)(
    "is accepted by the authority %s, with everything that it refers to",
    async (kind) => {
      expect(await dues(of(kind))).toBe("accepted");
      const references = Object.keys(of(kind)).filter((name) => name !== "authority");
      for (const name of references.filter((each) => of(kind)[each] !== null)) {
        expect([name, await dues({ ...of(kind), [name]: null })]).toEqual([name, AGAINST_A_RULE]);
      }
    },
  );

  it.each(kinds)("is refused by the authority %s with what another refers to", async (kind) => {
    for (const other of kinds.filter((each) => each !== kind)) {
      for (const [name, value] of Object.entries(of(other))) {
        if (name === "authority" || value === null) continue;
        expect([name, await dues({ ...of(kind), [name]: value })]).toEqual([name, AGAINST_A_RULE]);
      }
    }
  });
});

describe("what an authority refers to", () => {
  const columns = [
    ["event", "event_exchange_id"],
    ["event", "event_version"],
    ["vouch", "vouched_member_id"],
    ["decision", "decided_by_id"],
  ] as const;

  it.each(columns)("exists: %s by its %s", async (kind, column) => {
    const unknown = column === "event_version" ? 99 : v7();
    expect(await dues({ ...of(kind), [column]: unknown })).toBe(UNKNOWN);
  });

  it.each(kinds)("is of the same community: %s", async (kind) => {
    expect(await dues(of(kind, elsewhere))).toBe(UNKNOWN);
  });

  it.each<[string, (of: World) => string]>([
    ["event", ({ exchange }) => `DELETE FROM exchange_event WHERE exchange_id = '${exchange}'`],
    ["vouch", ({ giver }) => `DELETE FROM vouch WHERE member_id = '${giver}'`],
    ["decision", ({ spares: [id] }) => `DELETE FROM member WHERE id = '${id}'`],
  ])("stays: %s", async (kind, remove) => {
    const [decider] = world.spares;
    const answer = await tried(async (client) => {
      await client.query("ALTER TABLE vouch DISABLE TRIGGER USER");
      await insert(client, "member", rowOf(world, "member", { id: decider }));
      const decided = kind === "decision" ? { decided_by_id: decider } : {};
      const row = { kind: "dues", ...of(kind), ...decided };
      await insert(client, "transfer", rowOf(world, "transfer", row));
      return state(client.query(remove(world)));
    });
    expect(REFERRED_TO).toContain(answer);
  });
});
