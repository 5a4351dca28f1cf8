/** Notifications: who gets them, what replaces them, and their e-mails. */
import { v7 } from "uuid";
import { beforeEach, describe, expect, it } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import { processDueExchange } from "../exchange/process-due";
import { checkBooks } from "../ledger/statement";
import { db } from "../platform/db/client";
import { owner } from "../platform/db/testing/pools";
import { makeCommunity, procedures } from "../testing/people";
import { deleteOldNotifications } from "./commands";
import { deliverNotifications } from "./deliver";

const DAY_MS = 86_400_000;
type Name = "rosa" | "karim" | "lena";
type Fixture = Awaited<ReturnType<typeof makeCommunity<Name>>>;

let fixture: Fixture;
let rosa: ReturnType<typeof procedures>;
let karim: ReturnType<typeof procedures>;
let carla: ReturnType<typeof procedures>;
let lena: ReturnType<typeof procedures>;

beforeEach(async () => {
  fixture = await makeCommunity(["rosa", "karim", "lena"] as const);
  rosa = procedures(fixture.members.rosa.userId);
  karim = procedures(fixture.members.karim.userId);
  lena = procedures(fixture.members.lena.userId);
  carla = procedures(fixture.coordinator.userId);
});

const community = () => ({ community: fixture.slug });

/** Karim proposes to receive help from Rosa. */
let days = 2;
async function propose(note = "") {
  days += 1;
  const { id } = await karim.exchange.propose({
    ...community(),
    id: v7(),
    otherId: fixture.members.rosa.id,
    mySide: "receiver",
    title: "Fix the bicycle",
    category: "repair",
    ...localOf(new Date(Date.now() + days * DAY_MS), "Europe/Madrid"),
    minutes: 60,
    place: "giver",
    placeNote: "",
    note,
  });
  return id;
}
const step = async (id: string) => {
  const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
  return { ...community(), id, version };
};
const newsOf = async (api: typeof rosa) => {
  const rows = await api.notification.mine(community());
  return rows.filter(({ isNew }) => isNew).map(({ event }) => event);
};
/** Delivers what is due within a day: after the quiet hours, whenever the test runs. */
const deliver = (exchangeId: string) =>
  deliverNotifications(
    { communityId: fixture.id, subject: { exchangeId } },
    new Date(Date.now() + DAY_MS),
  );
const emailOf = async (userId: string) =>
  (await db.user.findUniqueOrThrow({ where: { id: userId } })).email;
const mailsTo = async (userId: string) =>
  db.mail.findMany({ where: { recipient: await emailOf(userId) }, orderBy: { createdAt: "asc" } });

describe("an event of an exchange", () => {
  it("notifies the other side, and not the one who acted", async () => {
    const id = await propose();
    expect(await newsOf(rosa)).toEqual(["proposed"]);
    expect(await newsOf(karim)).toEqual([]);
    await rosa.exchange.agree(await step(id));
    expect(await newsOf(karim)).toEqual(["agreed"]);
    expect(await newsOf(lena)).toEqual([]);
    expect(await newsOf(carla)).toEqual([]);
  });

  it("replaces unseen notifications of the same exchange", async () => {
    const id = await propose();
    await karim.exchange.withdraw(await step(id));
    expect(await newsOf(rosa)).toEqual(["withdrawn"]);
  });

  it("leaves seen notifications", async () => {
    const id = await propose();
    await rosa.notification.markSeen({ ...community(), exchangeId: id });
    await karim.exchange.withdraw(await step(id));
    const rows = await rosa.notification.mine(community());
    expect(rows.map(({ event, isNew }) => [event, isNew])).toEqual([
      ["withdrawn", true],
      ["proposed", false],
    ]);
  });

  it("notifies coordinators when it waits for their decision, until one decided", async () => {
    const id = await propose();
    await rosa.exchange.agree(await step(id));
    await rosa.exchange.report({ ...(await step(id)), minutes: 60 });
    await karim.exchange.dispute({ ...(await step(id)), reason: "It was shorter." });
    expect(await newsOf(rosa)).toEqual(["disputed"]);
    expect(await newsOf(carla)).toEqual(["disputed"]);
    await carla.exchange.resolveWithHours({ ...(await step(id)), minutes: 30, reason: "Half." });
    expect(await newsOf(carla)).toEqual([]);
    expect(await newsOf(rosa)).toEqual(["resolvedWithHours"]);
    expect(await newsOf(karim)).toEqual(["resolvedWithHours"]);
    expect(await checkBooks(fixture.id)).toEqual([]);
  });

  it("notifies both sides when time acts, after a reminder", async () => {
    const id = await propose();
    await rosa.exchange.agree(await step(id));
    const due = { communityId: fixture.id, exchangeId: id };
    await processDueExchange(due, new Date(Date.now() + (days + 1) * DAY_MS));
    expect(await newsOf(rosa)).toEqual(["reminded"]);
    expect((await newsOf(karim)).sort()).toEqual(["agreed", "reminded"]);
    await processDueExchange(due, new Date(Date.now() + (days + 40) * DAY_MS));
    expect(await newsOf(rosa)).toEqual(["expired"]);
    expect(await newsOf(karim)).toEqual(["expired"]);
  });

  it("notifies nobody when it is refused", async () => {
    const id = await propose();
    const old = await step(id);
    await rosa.exchange.agree(old);
    await expect(rosa.exchange.agree(old)).rejects.toThrow();
    expect(await db.notification.count({ where: { exchangeId: id } })).toBe(2);
  });
});

describe("a note and thanks", () => {
  it("notify the other side with their author, several notes once", async () => {
    const id = await propose();
    await rosa.notification.markSeen(community());
    for (const text of ["At noon?", "Or later?"]) {
      await karim.exchange.note({ ...community(), id: v7(), exchangeId: id, text });
    }
    const rows = await rosa.notification.mine(community());
    const note = rows.find(({ event }) => event === "noteWritten");
    expect(note).toMatchObject({ event: "noteWritten", by: { displayName: "karim" }, isNew: true });
    expect(rows.map(({ event }) => event).sort()).toEqual(["noteWritten", "proposed"]);
    // An event does not replace a note.
    await rosa.exchange.agree(await step(id));
    expect(await newsOf(rosa)).toEqual(["noteWritten"]);
  });

  it("of a settled exchange notify its other side", async () => {
    const { id } = await karim.exchange.record({
      ...community(),
      id: v7(),
      otherId: fixture.members.rosa.id,
      mySide: "receiver",
      title: "Fix the bicycle",
      category: "repair",
      minutes: 30,
      date: localOf(new Date(Date.now() - DAY_MS), "Europe/Madrid").date,
      note: "",
    });
    await karim.thanks.write({ ...community(), exchangeId: id, text: "Thank you!" });
    expect((await newsOf(rosa)).sort()).toEqual(["recorded", "thanked"]);
  });
});

describe("marking as seen", () => {
  it("concerns the caller's own notifications, about one exchange or all", async () => {
    const [one, two] = [await propose(), await propose("Please")];
    expect(await karim.notification.markSeen(community())).toEqual({ count: 0 });
    expect((await rosa.home.waiting(community())).unseen).toBe(2);
    expect(await rosa.notification.markSeen({ ...community(), exchangeId: one })).toEqual({
      count: 1,
    });
    expect((await rosa.exchange.mine({ ...community(), part: "open" })).unseen).toEqual([two]);
    expect((await rosa.exchange.get({ ...community(), id: two })).isUnseen).toBe(true);
    expect((await rosa.home.get(community())).news).toHaveLength(1);
    expect(await rosa.notification.markSeen(community())).toEqual({ count: 1 });
    expect((await rosa.home.waiting(community())).unseen).toBe(0);
  });
});

describe("the e-mail", () => {
  it("has one job for each exchange", async () => {
    const id = await propose();
    await rosa.exchange.agree(await step(id));
    const { rows } = await owner().query(
      "SELECT key FROM graphile_worker.jobs WHERE task_identifier = 'deliver-notifications' AND key LIKE $1",
      [`%${id}`],
    );
    expect(rows).toHaveLength(1);
  });

  it("is posted once, and says who did what and when", async () => {
    await db.user.updateMany({ data: { emailVerifiedAt: new Date() } });
    const id = await propose();
    await Promise.all([deliver(id), deliver(id)]);
    await deliver(id);
    const mails = await mailsTo(fixture.members.rosa.userId);
    expect(mails.map(({ subject }) => subject)).toEqual([
      expect.stringMatching(/^karim proposed it: Fix the bicycle, \w{3},? .+\d/),
    ]);
    expect(mails[0]?.text).toContain(`/exchanges/${id}`);
    expect(await mailsTo(fixture.members.karim.userId)).toEqual([]);
  });

  it("contains nothing that members wrote, at an address that is not verified", async () => {
    const id = await propose();
    await db.exchange.updateMany({ where: { id }, data: { title: "Buy at evil.example" } });
    await db.user.updateMany({ data: { emailVerifiedAt: null } });
    await deliver(id);
    const [mail] = await mailsTo(fixture.members.rosa.userId);
    expect(mail?.text).toContain(`/exchanges/${id}`);
    expect(`${mail?.subject}${mail?.text}${mail?.html}`).not.toMatch(/evil|karim|rosa/);
  });

  it("is not posted for what was withdrawn, and is taken back while it is not sent", async () => {
    const id = await propose();
    await karim.exchange.withdraw(await step(id));
    await deliver(id);
    expect(await mailsTo(fixture.members.rosa.userId)).toHaveLength(1);
    const other = await propose();
    await deliver(other);
    await rosa.exchange.decline({ ...(await step(other)), reason: "" });
    expect(await mailsTo(fixture.members.rosa.userId)).toHaveLength(1);
  });

  it("stays when it was sent", async () => {
    const id = await propose();
    await deliver(id);
    await db.mail.updateMany({ data: { sentAt: new Date() } });
    await karim.exchange.withdraw(await step(id));
    await deliver(id);
    expect(await mailsTo(fixture.members.rosa.userId)).toHaveLength(2);
  });
});

it("deletes old notifications", async () => {
  await propose();
  await deleteOldNotifications(new Date(Date.now() + 179 * DAY_MS));
  expect(await newsOf(rosa)).toHaveLength(1);
  await deleteOldNotifications(new Date(Date.now() + 181 * DAY_MS));
  expect(await newsOf(rosa)).toEqual([]);
});
