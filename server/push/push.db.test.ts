/** Web push from the subscription to what arrives at a push service, which the test runs. */
import { createPublicKey, verify } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { v7 } from "uuid";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { localOf } from "../../domain/kernel/calendar";
import { defaultSettings } from "../../domain/notification/channels";
import { readPayload } from "../../domain/push/push";
import { endSession, SESSION_DAYS } from "../identity/session";
import { deliverNotifications } from "../notification/deliver";
import { db } from "../platform/db/client";
import { owner } from "../platform/db/testing/pools";
import { makeCommunity, openSession, procedures } from "../testing/people";
import { deleteOldPushes, LIFETIME_MS } from "./commands";
import { type Network, sendPush } from "./send-push";
import { makeBrowser } from "./testing/browser";
import { vapidKeys } from "./vapid";

const DAY_MS = 86_400_000;
const PUBLIC = "https://push.example.invalid/";

type Received = { path: string; headers: IncomingHttpHeaders; body: Buffer };

let fixture: Awaited<ReturnType<typeof makeCommunity<"rosa" | "karim">>>;
let service: Server;
let received: Received[];
/** What the push service answers; 0 for nothing at all. */
let status: number;
const silent = vi.spyOn(console, "warn").mockImplementation(() => undefined);

beforeEach(async () => {
  fixture = await makeCommunity(["rosa", "karim"] as const);
  received = [];
  status = 201;
  silent.mockClear();
  service = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const { url = "", headers } = request;
    received.push({ path: url, headers, body: Buffer.concat(parts) });
    if (status === 0) return;
    response.writeHead(status, { Location: `http://127.0.0.1:${port()}/elsewhere` }).end("done");
  });
  await new Promise<void>((done) => service.listen(0, "127.0.0.1", done));
});
afterEach(async () => {
  service.closeAllConnections();
  await new Promise((done) => service.close(done));
});

const port = () => (service.address() as AddressInfo).port;

/** The test's push service is at a loopback address, by http. */
const local: Network = { isEndpoint: () => true, isAddress: () => true, timeoutMs: 2000 };

/** A device of Rosa's whose subscription leads to the test's push service. */
async function device(fullText = false, name: "rosa" | "karim" = "rosa") {
  const browser = makeBrowser();
  const { userId } = fixture.members[name];
  const sessionId = await openSession(userId, "Mozilla/5.0 (X11; Linux) Firefox/1", new Date());
  const api = procedures(userId, new Date(), "en", sessionId);
  const { p256dh, authSecret } = browser;
  const path = v7();
  // No quiet hours, whenever the test runs.
  await api.notification.updateSettings({
    community: fixture.slug,
    ...defaultSettings,
    mail: [],
    push: [...defaultSettings.push],
    quietFrom: "00:00",
    quietUntil: "00:00",
  });
  await api.push.subscribe({ endpoint: PUBLIC + path, p256dh, authSecret, fullText });
  const endpoint = `http://localhost:${port()}/${path}`;
  const { id } = await db.pushSubscription.findFirstOrThrow({ where: { sessionId } });
  await db.pushSubscription.update({ where: { id }, data: { endpoint } });
  const bodies = () => received.filter((each) => each.path === `/${path}`);
  return {
    id,
    api,
    userId,
    sessionId,
    path,
    requests: bodies,
    payloads: () => bodies().map(({ body }) => readPayload(browser.decrypt(body))),
  };
}

let days = 3;
/** Karim proposes to receive help from Rosa. */
async function propose() {
  days += 1;
  const community = fixture.slug;
  const { id } = await procedures(fixture.members.karim.userId).exchange.propose({
    community,
    id: v7(),
    otherId: fixture.members.rosa.id,
    mySide: "receiver",
    title: "Fix the bicycle",
    category: "repair",
    ...localOf(new Date(Date.now() + days * DAY_MS), "Europe/Madrid"),
    minutes: 60,
    place: "giver",
    placeNote: "",
    note: "",
  });
  return id;
}
const deliver = (exchangeId: string) =>
  deliverNotifications({ communityId: fixture.id, subject: { exchangeId } }, new Date());
const waiting = () => db.push.findMany({ where: { communityId: fixture.id } });
/** Runs the jobs of all pushes that wait. */
async function sendAll(network: Network | undefined = local, now = new Date()) {
  for (const { communityId, id } of await waiting()) {
    await sendPush({ communityId, pushId: id }, now, network);
  }
}
const jobs = async () =>
  (
    await owner().query<{ key: string; run_at: Date }>(
      "SELECT key, run_at FROM graphile_worker.jobs WHERE task_identifier = 'send-push'",
    )
  ).rows;

describe("a push", () => {
  it("arrives encrypted for each device once, with neutral words unless its owner chose others", async () => {
    const [phone, desk] = [await device(), await device(true)];
    const id = await propose();
    await Promise.all([deliver(id), deliver(id)]);
    const stored = await waiting();
    const keys = (await jobs()).map(({ key }) => key);
    for (const push of stored) expect(keys).toContain(`push:${push.id}`);
    await sendAll();
    await sendAll();
    const path = `/${fixture.slug}/exchanges/${id}`;
    expect(phone.payloads()).toMatchObject([
      { title: "Evenhour", body: "There is news about one of your exchanges.", path, lang: "en" },
    ]);
    expect(desk.payloads()).toMatchObject([
      { title: "karim proposed it", body: expect.stringMatching(/^Fix the bicycle, /), path },
    ]);
    const arrived = [...phone.payloads(), ...desk.payloads()];
    for (const { payload } of stored) expect(arrived).toContainEqual(readPayload(payload));
    expect(JSON.stringify(arrived[0])).not.toMatch(/karim|bicycle/i);
    expect(await waiting()).toEqual([]);
    expect(
      (await db.pushSubscription.findUnique({ where: { id: phone.id } }))?.lastSentAt,
    ).not.toBe(null);
  });

  it("identifies the installation, and names a topic that differs between devices", async () => {
    const [phone, desk] = [await device(), await device()];
    await deliver(await propose());
    await sendAll();
    const [one, other] = [...phone.requests(), ...desk.requests()];
    expect(one?.headers).toMatchObject({
      "content-encoding": "aes128gcm",
      ttl: "172800",
      urgency: "high",
      topic: expect.stringMatching(/^[\w-]{32}$/),
    });
    expect(one?.headers.topic).not.toBe(other?.headers.topic);
    const [, token = "", key = ""] =
      /^vapid t=(.+), k=(.+)$/.exec(one?.headers.authorization ?? "") ?? [];
    expect(key).toBe(vapidKeys().publicKey);
    const [head, claims = "", signature = ""] = token.split(".");
    const point = Buffer.from(key, "base64url");
    const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) =>
      part.toString("base64url"),
    );
    const jwk = { kty: "EC", crv: "P-256", x: x ?? "", y: y ?? "" };
    const isSigned = verify(
      "sha256",
      Buffer.from(`${head}.${claims}`),
      { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" },
      Buffer.from(signature, "base64url"),
    );
    expect(isSigned).toBe(true);
    const audience = JSON.parse(Buffer.from(claims, "base64url").toString());
    expect(audience).toMatchObject({ aud: `http://localhost:${port()}` });
  });

  it("is in the language of its reader", async () => {
    const phone = await device(true);
    await db.user.update({ where: { id: phone.userId }, data: { language: "ar" } });
    await deliver(await propose());
    await sendAll();
    expect(phone.payloads()).toMatchObject([{ lang: "ar", dir: "rtl" }]);
  });

  it("is not sent when its cause was withdrawn, and a later one about the same replaces it", async () => {
    const phone = await device(true);
    const id = await propose();
    await deliver(id);
    const [first] = await waiting();
    const karim = procedures(fixture.members.karim.userId);
    await karim.exchange.withdraw({ community: fixture.slug, id, version: 1 });
    expect(await waiting()).toEqual([]);
    await sendPush({ communityId: fixture.id, pushId: first?.id ?? "" }, new Date(), local);
    expect(received).toEqual([]);
    await deliver(id);
    const note = (text: string) =>
      karim.exchange.note({ community: fixture.slug, exchangeId: id, id: v7(), text });
    await note("See you");
    await deliver(id);
    await sendAll();
    expect(phone.payloads()).toMatchObject([{ title: "karim wrote you a note" }]);
  });

  it("is not sent once it was seen, withdrawn or is too old", async () => {
    await device();
    const id = await propose();
    const where = { communityId: fixture.id };
    const again = async () => {
      const data = { pushedAt: null, seenAt: null, withdrawnAt: null };
      await db.notification.updateMany({ where, data });
      await deliver(id);
      expect(await waiting()).toHaveLength(1);
    };
    for (const data of [{ seenAt: new Date() }, { withdrawnAt: new Date() }]) {
      await again();
      await db.notification.updateMany({ where, data });
      await sendAll();
      expect(await waiting()).toEqual([]);
    }
    await again();
    await sendAll(local, new Date(Date.now() + LIFETIME_MS + 60_000));
    expect(await waiting()).toEqual([]);
    await again();
    await deleteOldPushes(new Date(Date.now() + LIFETIME_MS - 60_000));
    expect(await waiting()).toHaveLength(1);
    await deleteOldPushes(new Date(Date.now() + LIFETIME_MS + 60_000));
    expect(await waiting()).toEqual([]);
    expect(received).toEqual([]);
  });

  it("is limited to a hundred a day for one member", async () => {
    await device();
    await deliver(await propose());
    await owner().query("UPDATE rate_limit SET points = 100 WHERE key LIKE 'pushToUser:%'");
    await deliver(await propose());
    expect(await waiting()).toHaveLength(1);
  });
});

describe("a push service", () => {
  it.each([404, 410])("ends the subscription with %s", async (ended) => {
    const phone = await device();
    await deliver(await propose());
    await deliver(await propose());
    status = ended;
    await sendAll();
    expect(phone.requests()).toHaveLength(1);
    expect((await phone.api.push.mine()).devices).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it.each([429, 500, 503, 0])(
    "that answers %s is asked again later, for all pushes",
    async (bad) => {
      const phone = await device();
      await deliver(await propose());
      await deliver(await propose());
      status = bad;
      const now = new Date();
      await sendAll({ ...local, timeoutMs: 300 }, now);
      expect(phone.requests()).toHaveLength(1);
      expect(await waiting()).toHaveLength(2);
      const runs = (await jobs()).filter(
        ({ run_at }) => run_at.getTime() === now.getTime() + 30_000,
      );
      expect(runs).toHaveLength(2);
      status = 201;
      await sendAll(local, new Date(now.getTime() + 30_001));
      expect(phone.requests()).toHaveLength(3);
      expect(await waiting()).toEqual([]);
      expect(await db.pushSubscription.findUnique({ where: { id: phone.id } })).toMatchObject({
        failures: 0,
        retryAt: null,
      });
    },
  );

  it("is asked less and less often while it does not answer", async () => {
    const phone = await device();
    await deliver(await propose());
    status = 503;
    const waits: number[] = [];
    let now = new Date();
    for (let attempt = 0; attempt < 7; attempt += 1) {
      await sendAll(local, now);
      const { retryAt } = await db.pushSubscription.findUniqueOrThrow({ where: { id: phone.id } });
      waits.push(((retryAt?.getTime() ?? 0) - now.getTime()) / 1000);
      now = new Date((retryAt ?? now).getTime() + 1);
    }
    expect(waits).toEqual([30, 120, 480, 1920, 7680, 28_800, 28_800]);
  });

  it("that refuses one push is not asked again for it", async () => {
    const phone = await device();
    await deliver(await propose());
    status = 413;
    await sendAll();
    await sendAll();
    expect(phone.requests()).toHaveLength(1);
    expect((await phone.api.push.mine()).devices).toHaveLength(1);
  });

  it("is not followed to another address", async () => {
    await device();
    await deliver(await propose());
    status = 307;
    await sendAll();
    expect(received.map(({ path }) => path)).not.toContain("/elsewhere");
    expect(received).toHaveLength(1);
  });
});

describe("an address that is not public", () => {
  it("is not called, not even behind a public name, and ends its subscription", async () => {
    for (const network of [
      // An endpoint that the check at subscribing would refuse, as an older version may have stored it.
      undefined,
      // The name leads to this machine.
      {
        ...local,
        isAddress: (address: string) => !address.startsWith("127.") && address !== "::1",
      },
    ]) {
      const phone = await device();
      await deliver(await propose());
      const [push] = await waiting();
      const job = { communityId: fixture.id, pushId: push?.id ?? "" };
      await (network ? sendPush(job, new Date(), network) : sendPush(job, new Date()));
      expect(received).toEqual([]);
      expect((await phone.api.push.mine()).devices).toEqual([]);
    }
  });

  it.each([
    "https://localhost/x",
    "https://127.0.0.1/x",
    "https://[::1]/x",
    "https://192.168.1.1/x",
    "https://169.254.169.254/latest/meta-data",
    "http://push.example.org/x",
    "https://push.example.org:22/x",
    "https://a:b@push.example.org/x",
  ])("is refused at subscribing: %s", async (endpoint) => {
    const { userId } = fixture.members.rosa;
    const sessionId = await openSession(userId, "Test", new Date());
    const { p256dh, authSecret } = makeBrowser();
    const input = { endpoint, p256dh, authSecret, fullText: false };
    await expect(
      procedures(userId, new Date(), "en", sessionId).push.subscribe(input),
    ).rejects.toMatchObject({ cause: { code: "pushRefused" } });
  });
});

describe("a subscription", () => {
  it("ends with its session, and nothing more is sent to it", async () => {
    const [phone, desk] = [await device(), await device()];
    await deliver(await propose());
    await endSession(phone.userId, phone.sessionId, new Date());
    await sendAll();
    expect([phone.requests().length, desk.requests().length]).toEqual([0, 1]);
    await deliver(await propose());
    await sendAll(local, new Date(Date.now() + (SESSION_DAYS + 1) * DAY_MS));
    expect(desk.requests()).toHaveLength(1);
  });

  it("needs an active session, and a key of the curve", async () => {
    const { userId } = fixture.members.rosa;
    const { p256dh, authSecret } = makeBrowser();
    const input = { endpoint: PUBLIC, p256dh, authSecret, fullText: false };
    await expect(procedures(userId).push.subscribe(input)).rejects.toMatchObject({
      code: "UNAUTHORIZED",
    });
    const sessionId = await openSession(userId, "Test", new Date());
    const invalid = { ...input, p256dh: `B${"A".repeat(86)}` };
    await expect(
      procedures(userId, new Date(), "en", sessionId).push.subscribe(invalid),
    ).rejects.toMatchObject({ cause: { code: "pushRefused" } });
  });

  it("belongs to the last user of a browser", async () => {
    const first = await device();
    const { userId } = fixture.members.karim;
    const sessionId = await openSession(userId, "Test", new Date());
    const { p256dh, authSecret } = makeBrowser();
    const endpoint = `${PUBLIC}${first.path}`;
    await db.pushSubscription.update({ where: { id: first.id }, data: { endpoint } });
    const karim = procedures(userId, new Date(), "en", sessionId);
    await karim.push.subscribe({ endpoint, p256dh, authSecret, fullText: false });
    expect((await first.api.push.mine()).devices).toEqual([]);
    expect((await karim.push.mine()).devices).toHaveLength(1);
  });

  it("is changed and removed by its user only", async () => {
    const [rosa, karim] = [await device(), await device(false, "karim")];
    const refusal = { cause: { code: "notFound" } };
    await expect(karim.api.push.unsubscribe({ id: rosa.id })).rejects.toMatchObject(refusal);
    const change = { id: rosa.id, fullText: true };
    await expect(karim.api.push.chooseText(change)).rejects.toMatchObject(refusal);
    await rosa.api.push.chooseText(change);
    expect((await rosa.api.push.mine()).devices).toMatchObject([{ fullText: true, isThis: true }]);
    await rosa.api.push.unsubscribe({ id: rosa.id });
    expect((await rosa.api.push.mine()).devices).toEqual([]);
  });

  it("replaces the oldest when a user has ten", async () => {
    const first = await device();
    for (let count = 0; count < 10; count += 1) await device();
    const { devices } = await first.api.push.mine();
    expect(devices).toHaveLength(10);
    expect(devices.map(({ id }) => id)).not.toContain(first.id);
  });
});
