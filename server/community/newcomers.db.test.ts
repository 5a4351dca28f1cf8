/** Newcomers by a shared invitation can promise little until a member vouches for them. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { checkBooks } from "../ledger/statement";
import { db } from "../platform/db/client";
import { balanceOf, makeCommunity, makeUser, procedures } from "../testing/people";

const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

/** A community with welcome credit and one vouched member. */
async function makeFixture() {
  const fixture = await makeCommunity(["rosa"] as const);
  await db.community.update({ where: { id: fixture.id }, data: { welcomeCredit: 60 } });
  const carla = procedures(fixture.coordinator.userId);
  const { slug } = fixture;
  const invite = (maxUses: number) =>
    carla.community.invite({ community: slug, label: "", days: 7, maxUses });
  /** A new user who joins by an invitation. */
  const join = async (token: string) => {
    const userId = await makeUser("Newcomer");
    await procedures(userId).community.join({ community: slug, token });
    const { id } = await db.member.findFirstOrThrow({
      where: { communityId: fixture.id, userId },
    });
    return { id, userId, as: procedures(userId) };
  };
  return { ...fixture, carla, invite, join };
}

type Fixture = Awaited<ReturnType<typeof makeFixture>>;
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

describe("a newcomer by an invitation with many uses", () => {
  it("has a floor of one hour below zero, and gets no welcome credit", async () => {
    const fixture = await makeFixture();
    const { token } = await fixture.invite(10);
    const [one, other] = [await fixture.join(token), await fixture.join(token)];
    await expect(record(fixture, one, other.id, "receiver", 75)).rejects.toMatchObject({
      cause: { code: "newcomerFloorReached", values: { available: 60 } },
    });
    await record(fixture, one, other.id, "receiver", 60);
    expect(await balanceOf(fixture.id, one.id)).toEqual({ balance: -60, held: 0 });
    // Two newcomers do not vouch for each other.
    expect(await one.as.account.mine({ community: fixture.slug })).toMatchObject({
      isNewcomer: true,
      floor: -60,
      canPromise: 0,
    });
    expect(await other.as.account.mine({ community: fixture.slug })).toMatchObject({
      isNewcomer: true,
      balance: 60,
    });
    const { members, count } = await fixture.carla.member.newcomers({ community: fixture.slug });
    expect(members.map(({ id }) => id)).toEqual([other.id, one.id]);
    expect(count).toBe(2);
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("learns how the limit ends, and so does a member who would agree to help them", async () => {
    const fixture = await makeFixture();
    const { token } = await fixture.invite(10);
    const newcomer = await fixture.join(token);
    const { rosa } = fixture.members;
    const id = v7();
    await newcomer.as.exchange.propose({
      community: fixture.slug,
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
    const agree = { community: fixture.slug, id, version: 1 };
    await expect(procedures(rosa.userId).exchange.agree(agree)).rejects.toMatchObject({
      cause: { code: "newcomerFloorOfReceiver", values: {} },
    });
    // A vouched member sees their own limit.
    await expect(
      record(fixture, { as: procedures(rosa.userId) }, newcomer.id, "receiver", 615),
    ).rejects.toMatchObject({ cause: { code: "floorReached", values: { available: 600 } } });
  });

  it("is vouched for by a coordinator, once", async () => {
    const fixture = await makeFixture();
    const { token } = await fixture.invite(10);
    const { id, as } = await fixture.join(token);
    const vouch = () => fixture.carla.member.vouch({ community: fixture.slug, id });
    await vouch();
    await vouch();
    expect(await as.account.mine({ community: fixture.slug })).toMatchObject({
      isNewcomer: false,
      floor: -600,
      balance: 60,
    });
    expect(await fixture.carla.member.newcomers({ community: fixture.slug })).toMatchObject({
      count: 0,
    });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("is vouched for by help that a vouched member confirms", async () => {
    const fixture = await makeFixture();
    const { token } = await fixture.invite(10);
    const newcomer = await fixture.join(token);
    const { rosa } = fixture.members;
    await record(fixture, newcomer, rosa.id, "giver", 30);
    const isNewcomer = async () =>
      (await newcomer.as.account.mine({ community: fixture.slug })).isNewcomer;
    expect(await isNewcomer()).toBe(true);
    const exchange = await db.exchange.findFirstOrThrow({ where: { giverId: newcomer.id } });
    await procedures(rosa.userId).exchange.confirm({
      community: fixture.slug,
      id: exchange.id,
      version: exchange.version,
    });
    expect(await isNewcomer()).toBe(false);
    expect(await balanceOf(fixture.id, newcomer.id)).toEqual({ balance: 90, held: 0 });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });
});

describe("many newcomers and one vouched member", () => {
  it("create no hours: the member's records vouch for few of them", async () => {
    const fixture = await makeFixture();
    await db.community.update({ where: { id: fixture.id }, data: { welcomeCredit: 0 } });
    const { token } = await fixture.invite(20);
    const mallory = { ...fixture.members.rosa, as: procedures(fixture.members.rosa.userId) };
    for (let count = 0; count < 12; count += 1) {
      const newcomer = await fixture.join(token);
      await record(fixture, mallory, newcomer.id, "receiver", 15);
      // As much as the limit lets them give back.
      const { canPromise } = await newcomer.as.account.mine({ community: fixture.slug });
      await record(fixture, newcomer, mallory.id, "receiver", canPromise ?? 0);
    }
    const { balance } = await balanceOf(fixture.id, mallory.id);
    expect(balance).toBe(3 * 600 + 9 * 60);
    expect(await checkBooks(fixture.id)).toEqual([]);
  });
});

describe("a newcomer by an invitation with a single use", () => {
  it("is vouched for by its maker", async () => {
    const fixture = await makeFixture();
    const { token } = await fixture.invite(1);
    const { as } = await fixture.join(token);
    expect(await as.account.mine({ community: fixture.slug })).toMatchObject({
      isNewcomer: false,
      floor: -600,
      balance: 60,
    });
  });
});

describe("a newcomer of an open community", () => {
  it("is not vouched for", async () => {
    const fixture = await makeFixture();
    await db.community.update({ where: { id: fixture.id }, data: { joining: "open" } });
    const userId = await makeUser("Newcomer");
    await procedures(userId).community.join({ community: fixture.slug });
    const mine = await procedures(userId).account.mine({ community: fixture.slug });
    expect(mine).toMatchObject({ isNewcomer: true, balance: 0 });
  });
});
