/** Notifications by e-mail, from the outbox to a mail server: headers, faults of the server, and unsubscribing. */
import { Client } from "pg";
import { v7 } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import { defaultSettings } from "../../domain/notification/channels";
import { startSmtp } from "../../verification/kit/smtp";
import { postUnsubscribe, showUnsubscribe } from "../api/http/unsubscribe";
import { db } from "../platform/db/client";
import { sendMail } from "../platform/mail/send-mail";
import { closeTransports } from "../platform/mail/transport";
import { makeCommunity, procedures } from "../testing/people";
import { deliverNotifications } from "./deliver";
import { sendDigests, sendDigestsOf } from "./digest";
import { countMailFailure } from "./mail-failures";

const DAY_MS = 86_400_000;
type Name = "rosa" | "karim";
type Fixture = Awaited<ReturnType<typeof makeCommunity<Name>>>;

let fixture: Fixture;
let rosa: ReturnType<typeof procedures>;
let karim: ReturnType<typeof procedures>;
let smtp: Awaited<ReturnType<typeof startSmtp>>;
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  smtp = await startSmtp({ atEnd: (work) => closers.push(work) });
});
afterAll(async () => {
  closeTransports();
  for (const close of closers) await close();
});
beforeEach(async () => {
  smtp.behave("accept");
  smtp.received.length = 0;
  await db.mail.deleteMany();
  fixture = await makeCommunity(["rosa", "karim"] as const);
  rosa = procedures(fixture.members.rosa.userId);
  karim = procedures(fixture.members.karim.userId);
  await db.user.updateMany({ data: { emailVerifiedAt: new Date() } });
});

const community = () => ({ community: fixture.slug });
/** After the quiet hours, whenever the test runs. */
const tomorrow = () => new Date(Date.now() + DAY_MS);

let days = 2;
async function propose(title = "Fix the bicycle") {
  days += 1;
  const { id } = await karim.exchange.propose({
    ...community(),
    id: v7(),
    otherId: fixture.members.rosa.id,
    mySide: "receiver",
    title,
    category: "repair",
    ...localOf(new Date(Date.now() + days * DAY_MS), "Europe/Madrid"),
    minutes: 60,
    place: "giver",
    placeNote: "",
    note: "",
  });
  return id;
}
const step = async (id: string) => {
  const { version } = await db.exchange.findFirstOrThrow({ where: { id } });
  return { ...community(), id, version };
};
const deliver = (exchangeId: string) =>
  deliverNotifications({ communityId: fixture.id, subject: { exchangeId } }, tomorrow());
const onRefused = (tx: Parameters<typeof countMailFailure>[0], recipient: string) =>
  countMailFailure(tx, recipient, new Date());
/** Hands every waiting e-mail over once. */
const sendAll = async () => {
  const waiting = await db.mail.findMany({
    where: { sentAt: null, failedAt: null },
    orderBy: { createdAt: "asc" },
  });
  for (const { id: mailId } of waiting)
    await sendMail({ mailId }, tomorrow(), { smtp: smtp.url, onRefused });
};
const header = (index: number, name: string) => {
  const line = smtp.received[index]?.headerLines.find(({ key }) => key === name)?.line;
  return line?.slice(line.indexOf(":") + 1).trim();
};
const unsubscribeUrl = (index: number) => header(index, "list-unsubscribe")?.slice(1, -1) ?? "";
const tokenOf = (url: string) => url.split("/").at(-1) ?? "";
const post = (url: string, body?: string, type = "application/x-www-form-urlencoded") =>
  postUnsubscribe(
    new Request(url, {
      method: "POST",
      ...(body !== undefined && { body, headers: { "Content-Type": type } }),
    }),
    tokenOf(url),
  );

describe("an e-mail about an exchange", () => {
  it("has the exchange as a calendar file when it was agreed, with the same UID after a change", async () => {
    const id = await propose();
    await rosa.exchange.agree(await step(id));
    await deliver(id);
    await sendAll();
    const [agreed] = smtp.received;
    expect(agreed?.recipients).toHaveLength(1);
    expect(agreed?.subject).toMatch(/^rosa agreed: Fix the bicycle, /);
    expect(agreed?.attachments.map(({ contentType }) => contentType)).toEqual(["text/calendar"]);
    const file = agreed?.attachments[0]?.content.toString() ?? "";
    expect(file).toContain(`UID:${id}@evenhour`);
    expect(file).toContain("STATUS:CONFIRMED");
    await rosa.exchange.cancel({ ...(await step(id)), reason: "" });
    await deliver(id);
    await sendAll();
    const cancelled = smtp.received[1]?.attachments[0]?.content.toString() ?? "";
    expect(cancelled).toContain(`UID:${id}@evenhour`);
    expect(cancelled).toContain("STATUS:CANCELLED");
  });

  it("refers to the exchange, is marked as automatic, and cannot be switched off", async () => {
    const id = await propose();
    await deliver(id);
    await sendAll();
    expect(header(0, "auto-submitted")).toBe("auto-generated");
    expect(header(0, "references")).toContain(id);
    expect(header(0, "list-id")).toContain(fixture.slug);
    expect(header(0, "list-unsubscribe")).toBeUndefined();
  });

  it("has neither names nor titles in the calendar file when the member wants none", async () => {
    await karim.notification.updateSettings({
      ...community(),
      ...defaultSettings,
      mail: [],
      push: [],
      hidesTitles: true,
    });
    const id = await propose();
    await rosa.exchange.agree(await step(id));
    await deliver(id);
    await sendAll();
    const file = smtp.received[0]?.attachments[0]?.content.toString();
    expect(file).toContain("SUMMARY:Evenhour appointment");
    expect(file).not.toMatch(/bicycle|rosa/i);
  });

  it("keeps what members wrote in its own header", async () => {
    const id = await propose("Fix it");
    await db.exchange.updateMany({
      where: { id },
      data: { title: "Fix it\r\nBcc: victim@example.org\r\n\r\nBody" },
    });
    await deliver(id);
    await sendAll();
    expect(smtp.received[0]?.recipients).toHaveLength(1);
    expect(smtp.received[0]?.bcc).toBeUndefined();
    expect(header(0, "subject")).not.toMatch(/\n(?! )/);
  });
});

describe("a mail server", () => {
  it("that is slow, gone or asks for patience delays an e-mail and loses none", async () => {
    await propose().then(deliver);
    smtp.behave("later");
    await expect(sendAll()).rejects.toThrow("451");
    await expect(
      sendMail({ mailId: (await db.mail.findFirstOrThrow()).id }, tomorrow(), {
        smtp: "smtp://127.0.0.1:1",
      }),
    ).rejects.toThrow();
    expect(await db.mail.count({ where: { sentAt: null, failedAt: null } })).toBe(1);
    smtp.behave("accept");
    await sendAll();
    expect(smtp.received).toHaveLength(1);
    expect(await db.mail.count({ where: { sentAt: null } })).toBe(0);
  });

  it("that fails after it accepted an e-mail gets it again, with the same Message-ID", async () => {
    await propose().then(deliver);
    smtp.behave("drop");
    await expect(sendAll()).rejects.toThrow();
    smtp.behave("accept");
    await sendAll();
    expect(smtp.received).toHaveLength(2);
    expect(header(0, "message-id")).toBe(header(1, "message-id"));
  });

  it("gets an e-mail once from two workers", async () => {
    await propose().then(deliver);
    const { id: mailId } = await db.mail.findFirstOrThrow();
    await Promise.all([1, 2, 3].map(() => sendMail({ mailId }, tomorrow(), { smtp: smtp.url })));
    expect(smtp.received).toHaveLength(1);
  });

  it("gets no e-mail whose cause was withdrawn, although the member had seen it", async () => {
    const id = await propose();
    await deliver(id);
    await rosa.notification.markSeen({ ...community(), exchangeId: id });
    await karim.exchange.withdraw(await step(id));
    await sendAll();
    expect(smtp.received).toEqual([]);
  });

  it("that refuses a recipient twice for good pauses their e-mails, which they and coordinators see", async () => {
    smtp.behave("refuse");
    const first = await propose();
    await deliver(first);
    await sendAll();
    const rosaId = { id: fixture.members.rosa.userId };
    expect(await db.user.findUnique({ where: rosaId })).toMatchObject({
      mailFailures: 1,
      mailPausedAt: null,
    });
    await propose().then(deliver);
    await sendAll();
    expect(await db.user.findUnique({ where: rosaId })).toMatchObject({
      mailFailures: 2,
      mailPausedAt: expect.any(Date),
    });
    await propose().then(deliver);
    expect(await db.mail.count({ where: { failedAt: null } })).toBe(0);
    expect((await rosa.notification.settings(community())).mail).toMatchObject({ isPaused: true });
    const eventsOf = async (who: ReturnType<typeof procedures>) =>
      (await who.notification.mine(community())).map(({ event }) => event);
    expect(await eventsOf(rosa)).toContain("mailPaused");
    expect(await eventsOf(procedures(fixture.coordinator.userId))).toEqual(["mailPaused"]);
    await rosa.notification.resumeMail(community());
    // No more than three proposals to one member are open.
    await rosa.exchange.agree(await step(first));
    smtp.behave("accept");
    await propose().then(deliver);
    await sendAll();
    expect(smtp.received).toHaveLength(1);
  });

  it("that answers again makes earlier refusals count no longer", async () => {
    smtp.behave("refuse");
    await propose().then(deliver);
    await sendAll();
    smtp.behave("accept");
    await propose().then(deliver);
    await sendAll();
    expect(await db.user.findUnique({ where: { id: fixture.members.rosa.userId } })).toMatchObject({
      mailFailures: 0,
      mailPausedAt: null,
    });
  });
});

describe("the settings", () => {
  it("leave out a kind, and a message that was read within two hours", async () => {
    const id = await propose();
    await db.mail.deleteMany();
    const writeNote = () =>
      karim.exchange.note({ ...community(), id: v7(), exchangeId: id, text: "At noon?" });
    const mails = () => db.mail.count({ where: { subject: { contains: "note" } } });
    await writeNote();
    await deliverNotifications(
      { communityId: fixture.id, subject: { exchangeId: id } },
      new Date(),
    );
    expect(await mails()).toBe(0);
    await rosa.notification.markSeen({ ...community(), exchangeId: id });
    await deliver(id);
    expect(await mails()).toBe(0);
    await writeNote();
    await deliver(id);
    expect(await mails()).toBe(1);
    const settings = { ...community(), ...defaultSettings, mail: [], push: [] };
    await rosa.notification.updateSettings(settings);
    // The e-mail about the earlier note is taken back, and the member wants none about this one.
    await writeNote();
    await deliver(id);
    expect(await mails()).toBe(0);
    expect((await rosa.notification.settings(community())).settings).toMatchObject({ mail: [] });
  });

  it("refuse what is no kind and no time", async () => {
    const settings = { ...community(), ...defaultSettings, mail: [], push: [] };
    for (const wrong of [{ quietFrom: "25:00" }, { mail: ["other"] }, { digest: "yearly" }]) {
      await expect(
        rosa.notification.updateSettings({ ...settings, ...(wrong as object) }),
      ).rejects.toThrow();
    }
  });

  it("send nothing to those who left or have no sign-in, and to one member only in that community", async () => {
    const id = await propose();
    await db.member.updateMany({
      where: { id: fixture.members.rosa.id },
      data: { status: "suspended" },
    });
    await deliver(id);
    expect(await db.mail.count()).toBe(0);
    const other = await makeCommunity(["rosa"] as const);
    await db.member.updateMany({
      where: { communityId: other.id, id: other.members.rosa.id },
      data: { userId: null },
    });
    expect(await db.notification.count({ where: { communityId: other.id } })).toBe(0);
  });
});

describe("unsubscribing", () => {
  async function thanksMail() {
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
    await deliver(id);
    await sendAll();
    return smtp.received.findIndex(({ subject }) => subject?.includes("thanked"));
  }
  const mailKinds = async () => (await rosa.notification.settings(community())).settings.mail;

  it("happens by the POST of a mail program, of that kind only, and may be repeated", async () => {
    const index = await thanksMail();
    expect(header(index, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    const url = unsubscribeUrl(index);
    for (const type of ["application/x-www-form-urlencoded"]) {
      const answer = await post(url, "List-Unsubscribe=One-Click", type);
      expect(answer.status).toBe(200);
    }
    expect(await mailKinds()).toEqual(["needed", "messages", "coordination"]);
    expect((await post(url, "List-Unsubscribe=One-Click")).status).toBe(200);
    expect(await mailKinds()).toEqual(["needed", "messages", "coordination"]);
    // The kind is back when the member chooses it.
    await rosa.notification.updateSettings({
      ...community(),
      ...defaultSettings,
      mail: ["thanks"],
      push: [],
    });
    expect(await mailKinds()).toEqual(["thanks"]);
  });

  it("does not happen when a scanner opens the links of the e-mail", async () => {
    const index = await thanksMail();
    const links = smtp.received[index]?.text?.match(/https?:\/\/\S+/g) ?? [];
    expect(links.some((link) => link.includes("/unsubscribe/"))).toBe(true);
    const url = unsubscribeUrl(index);
    expect(showUnsubscribe(tokenOf(url)).status).toBe(303);
    expect((await post(url)).status).toBe(400);
    expect((await post(url, "List-Unsubscribe=")).status).toBe(400);
    expect((await post(url, `List-Unsubscribe=One-Click&x=${"x".repeat(3000)}`)).status).toBe(400);
    expect((await post(url, "{}", "application/json")).status).toBe(400);
    expect(await mailKinds()).toEqual(defaultSettings.mail);
    const page = await procedures(null).notification.unsubscribing({ token: tokenOf(url) });
    expect(page).toMatchObject({ kind: "thanks", isStopped: false });
  });

  it("answers a forged or damaged link as any other, without effect", async () => {
    const index = await thanksMail();
    const token = tokenOf(unsubscribeUrl(index));
    const bytes = Buffer.from(token, "base64url");
    const forged = [...bytes.keys()].map((at) => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      return copy.toString("base64url");
    });
    for (const other of [...forged, "", "x", `${token}A`, token.slice(0, -1)]) {
      const answer = await post(
        `http://localhost/api/unsubscribe/${other}`,
        "List-Unsubscribe=One-Click",
      );
      expect(answer.status).toBe(200);
      expect(await procedures(null).notification.unsubscribing({ token: other })).toBeNull();
    }
    expect(await mailKinds()).toEqual(defaultSettings.mail);
  });
});

describe("the digest", () => {
  const HOUR_MS = 3_600_000;
  const newOffer = (title: string) => ({
    ...community(),
    id: v7(),
    kind: "offer" as const,
    title,
    description: "",
    category: "garden" as const,
    minutes: 60,
    places: ["mine" as const],
    availability: "",
  });
  /** At the time of the call, and so after the digest was planned. */
  const offer = (userId: string, title: string) =>
    procedures(userId).listing.create(newOffer(title));
  const digests = () =>
    db.mail.findMany({
      where: { kind: "digest", communityId: fixture.id },
      orderBy: { id: "asc" },
    });
  const dueAt = async () => {
    const { id } = fixture.members.rosa;
    const row = await db.notificationSettings.findFirst({ where: { memberId: id } });
    return row?.digestDueAt;
  };

  it("is sent when there is enough, in time, once, and never repeats a listing", async () => {
    await sendDigests(new Date());
    expect(await digests()).toEqual([]);
    const first = await dueAt();
    expect(first).toBeInstanceOf(Date);
    if (!first) throw new Error("No digest is planned.");
    for (const title of ["Weed the beds", "Plant a tree"])
      await offer(fixture.members.karim.userId, title);
    await offer(fixture.coordinator.userId, "Trim the hedge");
    await sendDigests(new Date(first.getTime() - HOUR_MS));
    expect(await digests()).toEqual([]);
    await Promise.all([sendDigests(first), sendDigests(first)]);
    await sendDigests(first);
    const toRosa = async () =>
      (await digests()).filter(({ memberId }) => memberId === fixture.members.rosa.id);
    const [sent] = await toRosa();
    expect(sent?.subject).toContain("3 new listings for you");
    expect(sent?.text).toContain("Trim the hedge");
    // One author's two listings are not enough.
    expect(await digests()).toHaveLength(1);
    const second = await dueAt();
    expect(second?.getTime()).toBeGreaterThan(first.getTime());
    await sendDigests(second ?? first);
    expect(await toRosa()).toHaveLength(1);
  });

  it("is not sent to those who want none, by its own unsubscribe link", async () => {
    await sendDigests(new Date());
    for (const title of ["One", "Two"]) await offer(fixture.members.karim.userId, title);
    await offer(fixture.coordinator.userId, "Three");
    const first = (await dueAt()) ?? new Date();
    await sendDigests(first);
    await sendAll();
    const index = smtp.received.findIndex(({ subject }) => subject?.includes("new listings"));
    await post(unsubscribeUrl(index), "List-Unsubscribe=One-Click");
    const { settings } = await rosa.notification.settings(community());
    expect(settings).toMatchObject({ digest: "never", mail: defaultSettings.mail });
    expect(await dueAt()).toBeNull();
  });

  it("asks as few statements for many members as for few", async () => {
    const statements: number[] = [];
    for (const size of [3, 40]) {
      const names = Array.from({ length: size }, (_, index) => `Member ${index}`);
      const { id, slug, coordinator } = await makeCommunity(names);
      await db.user.updateMany({ data: { emailVerifiedAt: new Date() } });
      const here = await db.community.findUniqueOrThrow({ where: { id } });
      await sendDigestsOf(here, new Date());
      const author = procedures(coordinator.userId);
      for (const title of ["One", "Two", "Three"]) {
        await author.listing.create({ ...newOffer(title), community: slug });
      }
      // An author's first two count, so the news under the bell are the third thing.
      await db.notificationSettings.updateMany({
        where: { communityId: id },
        data: { digestUntil: new Date(Date.now() - 8 * DAY_MS) },
      });
      const sent = vi.spyOn(Client.prototype, "query");
      await sendDigestsOf(here, new Date(Date.now() + 8 * DAY_MS));
      statements.push(sent.mock.calls.length);
      sent.mockRestore();
      expect(await db.mail.count({ where: { kind: "digest", communityId: id } })).toBe(size);
    }
    expect(statements[0]).toBeGreaterThan(0);
    expect(statements[1]).toBe(statements[0]);
  });
});
