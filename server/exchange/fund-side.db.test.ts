/** An exchange whose receiver is the community fund, in everything that reads exchanges. */
import { v7 } from "uuid";
import { beforeAll, describe, expect, it } from "vitest";
import { calendarFeed } from "../api/http/calendar";
import { checkBooks } from "../ledger/statement";
import { db } from "../platform/db/client";
import { app } from "../platform/db/testing/pools";
import { balanceOf, makeCommunity, procedures, signedInProcedures } from "../testing/people";
import { processDueExchange } from "./process-due";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const fromNow = (milliseconds: number) => new Date(Date.now() + milliseconds);

type Api = ReturnType<typeof procedures>;
let fixture: Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;
let rosa: Api;
let carla: Api;
let fund: { kind: "fund"; id: string };

beforeAll(async () => {
  fixture = await makeCommunity(["rosa", "karim"] as const);
  rosa = procedures(fixture.members.rosa.userId);
  carla = procedures(fixture.coordinator.userId);
  fund = { kind: "fund", id: fixture.id };
});

const community = () => ({ community: fixture.slug });

/** Help that Rosa gives and the fund pays; the coordinator agreed to it, or proposed it, for the fund. */
async function makeExchange(
  title: string,
  startsAt: Date,
  status: "agreed" | "proposed" = "agreed",
) {
  const { id: communityId, coordinator, members } = fixture;
  const id = v7();
  const now = new Date();
  await db.exchange.create({
    data: {
      communityId,
      id,
      giverId: members.rosa.id,
      receiverId: communityId,
      status,
      version: 1,
      title,
      category: "other",
      startsAt,
      minutes: 60,
      place: "receiver",
      placeNote: "",
      pendingById: members.rosa.id,
      agreedAt: status === "agreed" ? now : null,
      createdAt: now,
      events: {
        create: {
          version: 1,
          at: now,
          memberId: communityId,
          actingUserId: coordinator.userId,
          kind: status,
          minutes: 60,
        },
      },
    },
  });
  if (status === "agreed") {
    await app().query("SELECT place_hold($1, $2, $1, 60, $3)", [communityId, id, members.rosa.id]);
  }
  return id;
}

/** The fund pays: the coordinator reports for it. */
async function settle(id: string) {
  const { id: communityId, coordinator, members } = fixture;
  await app().query(
    `WITH settled AS (
       UPDATE exchange SET status = 'settled', version = version + 1, ended_at = now(),
         reported_minutes = 60, reported_at = now(), due_at = NULL
       WHERE community_id = $1 AND id = $2 RETURNING version
     )
     INSERT INTO exchange_event
       (community_id, exchange_id, version, at, member_id, acting_user_id, kind, minutes)
     SELECT $1, $2, version, now(), $1, $3, 'reported', 60 FROM settled`,
    [communityId, id, coordinator.userId],
  );
  await app().query("SELECT post_transfer($1, $2, 'exchange', $1, $3, 60, $2)", [
    communityId,
    id,
    members.rosa.id,
  ]);
}

describe("an exchange that the fund pays", () => {
  it("settles from the fund's account, without vouching for the giver", async () => {
    const before = await balanceOf(fixture.id, fixture.id);
    const id = await makeExchange("Setting up chairs", fromNow(-2 * HOUR_MS));
    await settle(id);
    expect(await balanceOf(fixture.id, fixture.id)).toMatchObject({
      balance: before.balance - 60,
      held: 0,
    });
    expect(await checkBooks(fixture.id)).toEqual([]);
    const { lines } = await rosa.account.statement({ ...community() });
    expect(lines[0]).toMatchObject({ exchangeId: id, minutes: 60, counterpartName: null });
    const ofFund = await rosa.account.fund({ ...community() });
    expect(ofFund.statement.lines[0]).toMatchObject({ minutes: -60, counterpartName: "rosa" });
    const whole = await rosa.account.wholeStatement({ ...community() });
    expect(whole.lines.at(-1)).toMatchObject({ counterpartName: null, minutes: 60 });
    // The fund is nobody: neither in the numbers of people, nor among those who were helped.
    expect(await rosa.account.year({ ...community() })).toMatchObject({ given: 60, people: 0 });
    expect(await rosa.account.neighbours({ ...community() })).toEqual([]);
    const { people } = await rosa.thanks.forMember({
      ...community(),
      id: fixture.members.rosa.id,
    });
    expect(people).toEqual({ helped: 0, helpedBy: 0 });
  });

  it("shows the fund as the other side in lists and on its page, without contact details", async () => {
    const id = await makeExchange("Sorting books", fromNow(3 * DAY_MS));
    const home = await rosa.home.get(community());
    expect(home.coming.find((card) => card.id === id)).toMatchObject({
      mySide: "giver",
      other: fund,
      receiver: fund,
      giver: { kind: "member", displayName: "rosa" },
    });
    const { exchanges } = await rosa.exchange.mine({ ...community(), part: "open" });
    expect(exchanges.find((card) => card.id === id)?.other).toEqual(fund);
    const page = await rosa.exchange.get({ ...community(), id });
    expect(page).toMatchObject({ other: fund, contact: null, mySide: "giver" });
    expect(page.events).toMatchObject([{ kind: "agreed", byId: fixture.id, by: fund }]);
    expect((await carla.exchange.get({ ...community(), id })).receiver).toEqual(fund);
  });

  it("is readable by its giver and the coordinators only", async () => {
    const id = await makeExchange("Painting the shed", fromNow(4 * DAY_MS));
    const karim = procedures(fixture.members.karim.userId);
    await expect(karim.exchange.get({ ...community(), id })).rejects.toMatchObject({
      cause: { code: "notFound" },
    });
    expect((await karim.exchange.mine({ ...community(), part: "open" })).exchanges).toEqual([]);
    expect(await karim.home.waiting(community())).toMatchObject({ exchanges: 0 });
  });

  it("stands in the giver's calendar with the fund's name", async () => {
    await makeExchange("Watering the garden", fromNow(5 * DAY_MS));
    const { rosa: member } = fixture.members;
    const signedIn = await signedInProcedures(member.userId);
    const { token } = await signedIn.person.renewCalendar();
    const url = `http://localhost/api/calendar/${token}.ics`;
    const response = await calendarFeed(new Request(url), `${token}.ics`);
    const file = (await response.text()).replaceAll("\r\n ", "");
    expect(file).toMatch(/SUMMARY:.*Watering the garden.*Community fund/);
  });

  it("settles automatically for the agreed minutes when nobody answers for the fund, and can be reversed", async () => {
    const id = await makeExchange("Repairing the fence", fromNow(-3 * HOUR_MS));
    await rosa.exchange.report({ ...community(), id, version: 1, minutes: 75 });
    expect((await carla.exchange.get({ ...community(), id })).status).toBe("reported");
    // The reminder would go to the fund, and so to nobody.
    for (const days of [5, 15, 25]) {
      const now = fromNow(days * DAY_MS);
      await processDueExchange({ communityId: fixture.id, exchangeId: id }, now);
    }
    const [line] = (await rosa.account.statement({ ...community() })).lines;
    expect(line).toMatchObject({ exchangeId: id, minutes: 60 });
    await carla.exchange.reverse({ ...community(), id, version: 3, reason: "Not needed" });
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("stands among the disputes of the coordinators", async () => {
    const { id: communityId } = fixture;
    const id = await makeExchange("Carrying tables", fromNow(-DAY_MS), "proposed");
    await db.exchange.update({
      where: { communityId_id: { communityId, id } },
      data: { status: "disputed", dueAt: null },
    });
    const disputed = (await carla.community.overview(community())).disputed;
    expect(disputed.find((card) => card.id === id)).toMatchObject({ receiver: fund, mySide: null });
    await carla.exchange.resolveWithoutHours({ ...community(), id, version: 1, reason: "Twice" });
    const { exchanges } = await rosa.exchange.mine({ ...community(), part: "past" });
    expect(exchanges.find((card) => card.id === id)?.other).toEqual(fund);
  });

  it("cannot be thanked for, but spoken of to the coordinators", async () => {
    const id = await makeExchange("Sweeping the hall", fromNow(-HOUR_MS));
    await settle(id);
    const words = { ...community(), exchangeId: id, text: "Thank you" };
    await expect(rosa.thanks.write(words)).rejects.toMatchObject({
      cause: { code: "notPossibleNow" },
    });
    await rosa.thanks.shareWithCoordinators(words);
    const read = await carla.thanks.words(community());
    expect(read.words.find(({ exchangeId }) => exchangeId === id)?.about).toEqual(fund);
    expect(await rosa.thanks.forExchange({ ...community(), id })).toMatchObject({ thanks: [] });
  });

  it("may overlap others that the fund gives", async () => {
    const startsAt = fromNow(9 * DAY_MS);
    const id = await makeExchange("One", startsAt, "proposed");
    const copy = (giver: string, receiver: string) =>
      app().query(
        `INSERT INTO exchange (community_id, id, giver_id, receiver_id, status, version, title,
           category, starts_at, minutes, place, place_note, pending_by_id, created_at)
         SELECT community_id, $2, $3, $4, 'agreed', 1, title, category, starts_at, minutes, place,
           place_note, $4, now() FROM exchange WHERE id = $1`,
        [id, v7(), giver, receiver],
      );
    const { rosa: one, karim: other } = fixture.members;
    await copy(fixture.id, one.id);
    await copy(fixture.id, other.id);
    await copy(one.id, other.id);
    await expect(copy(one.id, fixture.id)).rejects.toMatchObject({ code: "23P01" });
  });
});
