/** The ids that members choose for their exchanges never replace the ids of others. */
import { v5, v7 } from "uuid";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import { checkBooks } from "../ledger/statement";
import { admitMember } from "../membership/admit-member";
import { db, transaction } from "../platform/db/client";
import { app, owner } from "../platform/db/testing/pools";
import { balanceOf, makeCommunity, makeUser, procedures } from "../testing/people";

const DAY_MS = 86_400_000;
const WELCOME = 30;
const dayIn = (days: number) => localOf(new Date(Date.now() + days * DAY_MS), "Europe/Madrid").date;

let fixture: Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;
let rosa: ReturnType<typeof procedures>;
let karim: ReturnType<typeof procedures>;
let carla: ReturnType<typeof procedures>;
let newcomer: string;

/** A member for whom nobody has vouched yet. */
async function admitNewcomer(): Promise<string> {
  const community = await db.community.findUniqueOrThrow({ where: { id: fixture.id } });
  const person = { userId: await makeUser("Nia"), displayName: "Nia", role: "member" as const };
  const member = await transaction((tx) => admitMember(tx, community, person, new Date(), null));
  return member.id;
}

beforeAll(async () => {
  fixture = await makeCommunity(["rosa", "karim"] as const, { welcomeCredit: WELCOME });
  rosa = procedures(fixture.members.rosa.userId);
  karim = procedures(fixture.members.karim.userId);
  carla = procedures(fixture.coordinator.userId);
});
beforeEach(async () => {
  newcomer = await admitNewcomer();
});

let days = 0;
const proposal = (id: string, community = fixture) => {
  days += 1;
  return {
    community: community.slug,
    id,
    otherId: community.members.rosa.id,
    mySide: "receiver" as const,
    title: "Fix the bicycle",
    category: "repair" as const,
    note: "",
    date: dayIn(2 + days),
    time: "10:00",
    minutes: 60,
    place: "giver" as const,
    placeNote: "",
  };
};
const record = (id: string, mySide: "giver" | "receiver") => ({
  community: fixture.slug,
  id,
  otherId: fixture.members.rosa.id,
  mySide,
  title: "Fix the bicycle",
  category: "repair" as const,
  note: "",
  date: dayIn(-1),
  minutes: 60,
  confirmedDuplicate: true,
});
const answerTo = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { cause?: { code?: string }; code: string }) => error.cause?.code ?? error.code,
  );
const written = async (id: string) => {
  const { rows } = await owner().query<{ rows: number }>(
    `SELECT (SELECT count(*) FROM exchange WHERE id = $1)::integer
       + (SELECT count(*) FROM request_id WHERE id = $1)::integer AS rows`,
    [id],
  );
  return rows[0]?.rows;
};

describe("the id of an account", () => {
  it("is refused for a proposal, a record and a series, and the newcomer is welcomed", async () => {
    for (const id of [newcomer, fixture.members.karim.id, fixture.members.rosa.id, fixture.id]) {
      expect(await answerTo(karim.exchange.propose(proposal(id)))).toBe("idTaken");
      const series = { ...proposal(id), repeat: { weeks: 1, times: 2 } as const };
      expect(await answerTo(karim.exchange.propose(series))).toBe("idTaken");
      expect(await answerTo(karim.exchange.record(record(id, "receiver")))).toBe("idTaken");
      expect(await answerTo(karim.exchange.record(record(id, "giver")))).toBe("idTaken");
      expect(await written(id)).toBe(0);
    }
    await carla.member.vouch({ community: fixture.slug, id: newcomer });
    expect(await balanceOf(fixture.id, newcomer)).toEqual({ balance: WELCOME, held: 0 });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("is refused for a series whose second id, derived from the first, is an account's", async () => {
    const id = v7();
    await app().query("SELECT open_account($1, $2, 'member')", [fixture.id, v5("1", id)]);
    const series = { ...proposal(id), repeat: { weeks: 1, times: 2 } as const };
    expect(await answerTo(karim.exchange.propose(series))).toBe("idTaken");
    expect(await written(id)).toBe(0);
  });
});

describe("the id of an exchange in another community", () => {
  it("leaves the job of that exchange as it is", async () => {
    const other = await makeCommunity(["rosa"] as const);
    const id = v7();
    const { rows: members } = await owner().query<{ id: string }>(
      "UPDATE member SET user_id = $1 WHERE community_id = $2 AND id = $3 RETURNING id",
      [fixture.members.karim.userId, other.id, other.coordinator.id],
    );
    expect(members).toHaveLength(1);
    await karim.exchange.propose(proposal(id));
    const jobsHere = async () =>
      (
        await owner().query<{ run_at: Date }>(
          `SELECT run_at FROM graphile_worker._private_jobs
           WHERE key = 'exchange:' || $2 || ':' || $1 AND payload ->> 'exchangeId' = $1 AND payload ->> 'communityId' = $2`,
          [id, fixture.id],
        )
      ).rows;
    const before = await jobsHere();
    expect(before).toHaveLength(1);
    await karim.exchange.propose({
      ...proposal(id),
      community: other.slug,
      otherId: other.members.rosa.id,
    });
    expect(await jobsHere()).toEqual(before);
    await karim.exchange.withdraw({ community: other.slug, id, version: 1 });
    expect(await jobsHere()).toEqual(before);
    await rosa.exchange.decline({ community: fixture.slug, id, version: 1, reason: "" });
    expect(await jobsHere()).toEqual([]);
  });
});
