/** Who comes in by a poster promises little until somebody vouches for them. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { checkBooks } from "../ledger/statement";
import { db } from "../platform/db/client";
import { balanceOf, makeCommunity, makeUser, procedures } from "../testing/people";

const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

/** A community with welcome credit, where one member has been for long. */
async function makeVillage() {
  const village = await makeCommunity(["rosa"] as const);
  await db.community.update({ where: { id: village.id }, data: { welcomeCredit: 60 } });
  const carla = procedures(village.coordinator.userId);
  const { slug } = village;
  const invite = (maxUses: number) =>
    carla.community.invite({ community: slug, label: "", days: 7, maxUses });
  /** Somebody new, who follows an invitation. */
  const join = async (token: string) => {
    const userId = await makeUser("Newcomer");
    await procedures(userId).community.join({ community: slug, token });
    const { id } = await db.member.findFirstOrThrow({
      where: { communityId: village.id, userId },
    });
    return { id, userId, as: procedures(userId) };
  };
  return { ...village, carla, invite, join };
}

type Fixture = Awaited<ReturnType<typeof makeVillage>>;
type Person = Awaited<ReturnType<Fixture["join"]>>;

const record = (
  { slug }: Fixture,
  { as }: Pick<Person, "as">,
  otherId: string,
  mySide: "giver" | "receiver",
  minutes: number,
) => {
  const what = { title: "Help", category: "other", note: "", date: yesterday } as const;
  return as.exchange.record({ ...what, community: slug, id: v7(), otherId, mySide, minutes });
};

describe("a newcomer by an invitation for many", () => {
  it("goes an hour below zero at most, and gets no welcome credit", async () => {
    const village = await makeVillage();
    const { token } = await village.invite(10);
    const [one, other] = [await village.join(token), await village.join(token)];
    await expect(record(village, one, other.id, "receiver", 75)).rejects.toMatchObject({
      cause: { code: "newcomerFloorReached", values: { available: 60 } },
    });
    await record(village, one, other.id, "receiver", 60);
    expect(await balanceOf(village.id, one.id)).toEqual({ balance: -60, held: 0 });
    // Neither vouches for the other.
    expect(await one.as.account.mine({ community: village.slug })).toMatchObject({
      isNewcomer: true,
      floor: -60,
      canPromise: 0,
    });
    expect(await other.as.account.mine({ community: village.slug })).toMatchObject({
      isNewcomer: true,
      balance: 60,
    });
    const { members, count } = await village.carla.member.newcomers({ community: village.slug });
    expect(members.map(({ id }) => id)).toEqual([other.id, one.id]);
    expect(count).toBe(2);
    expect(await checkBooks(village.id)).toEqual([]);
  });

  it("is told how the limit ends, and so is who would agree to help them", async () => {
    const village = await makeVillage();
    const { token } = await village.invite(10);
    const newcomer = await village.join(token);
    const { rosa } = village.members;
    const id = v7();
    await newcomer.as.exchange.propose({
      community: village.slug,
      id,
      otherId: rosa.id,
      mySide: "receiver",
      title: "Help",
      category: "other",
      date: tomorrow,
      time: "10:00",
      minutes: 75,
      place: "giver",
      placeNote: "",
      note: "",
    });
    const agree = { community: village.slug, id, version: 1 };
    await expect(procedures(rosa.userId).exchange.agree(agree)).rejects.toMatchObject({
      cause: { code: "newcomerFloorOfReceiver", values: { available: 60 } },
    });
    // Somebody who is vouched for is told of their own limit.
    await expect(
      record(village, { as: procedures(rosa.userId) }, newcomer.id, "receiver", 615),
    ).rejects.toMatchObject({ cause: { code: "floorReached", values: { available: 600 } } });
  });

  it("is vouched for by a coordinator, once", async () => {
    const village = await makeVillage();
    const { token } = await village.invite(10);
    const { id, as } = await village.join(token);
    const vouch = () => village.carla.member.vouch({ community: village.slug, id });
    await vouch();
    await vouch();
    expect(await as.account.mine({ community: village.slug })).toMatchObject({
      isNewcomer: false,
      floor: -600,
      balance: 60,
    });
    expect(await village.carla.member.newcomers({ community: village.slug })).toMatchObject({
      count: 0,
    });
    expect(await checkBooks(village.id)).toEqual([]);
  });

  it("is vouched for by help that a member of old confirms", async () => {
    const village = await makeVillage();
    const { token } = await village.invite(10);
    const newcomer = await village.join(token);
    const { rosa } = village.members;
    await record(village, newcomer, rosa.id, "giver", 30);
    const isNewcomer = async () =>
      (await newcomer.as.account.mine({ community: village.slug })).isNewcomer;
    expect(await isNewcomer()).toBe(true);
    const exchange = await db.exchange.findFirstOrThrow({ where: { giverId: newcomer.id } });
    await procedures(rosa.userId).exchange.confirm({
      community: village.slug,
      id: exchange.id,
      version: exchange.version,
    });
    expect(await isNewcomer()).toBe(false);
    expect(await balanceOf(village.id, newcomer.id)).toEqual({ balance: 90, held: 0 });
    expect(await checkBooks(village.id)).toEqual([]);
  });
});

describe("many newcomers and one member of old", () => {
  it("make no hours out of nothing: few are vouched for by what the member records", async () => {
    const village = await makeVillage();
    await db.community.update({ where: { id: village.id }, data: { welcomeCredit: 0 } });
    const { token } = await village.invite(20);
    const mallory = { ...village.members.rosa, as: procedures(village.members.rosa.userId) };
    for (let count = 0; count < 12; count += 1) {
      const newcomer = await village.join(token);
      await record(village, mallory, newcomer.id, "receiver", 15);
      // As much as the limit lets them give back.
      const { canPromise } = await newcomer.as.account.mine({ community: village.slug });
      await record(village, newcomer, mallory.id, "receiver", canPromise ?? 0);
    }
    const { balance } = await balanceOf(village.id, mallory.id);
    expect(balance).toBe(3 * 600 + 9 * 60);
    expect(await checkBooks(village.id)).toEqual([]);
  });
});

describe("a newcomer by an invitation of their own", () => {
  it("is vouched for by its maker", async () => {
    const village = await makeVillage();
    const { token } = await village.invite(1);
    const { as } = await village.join(token);
    expect(await as.account.mine({ community: village.slug })).toMatchObject({
      isNewcomer: false,
      floor: -600,
      balance: 60,
    });
  });
});

describe("a newcomer of an open community", () => {
  it("is vouched for by nobody", async () => {
    const village = await makeVillage();
    await db.community.update({ where: { id: village.id }, data: { joining: "open" } });
    const userId = await makeUser("Newcomer");
    await procedures(userId).community.join({ community: village.slug });
    const mine = await procedures(userId).account.mine({ community: village.slug });
    expect(mine).toMatchObject({ isNewcomer: true, balance: 0 });
  });
});
