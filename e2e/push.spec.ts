/** Notifications on a device: what the server has in its outbox is shown by the service worker and opens its page. */
import { createECDH, randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { Client } from "pg";
import { fullChromium } from "../scripts/lib/chromium";
import { callerOn } from "./api";
import { admit, createCommunity, postOffer, propose } from "./prepare";
import { readState } from "./state";
import { expect, expectAccessible, test } from "./ui";

const executablePath = fullChromium();
test.use({
  serviceWorkers: "allow",
  launchOptions: { executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-sync"] },
});
test.skip(
  !executablePath,
  "Chromium's headless shell shows no notifications, and there is no other.",
);

/** Chromium grants it to a named site only. */
const allow = (page: Page) =>
  page.context().grantPermissions(["notifications"], { origin: readState().baseUrl });

/** The payload of the push that waits for a device. Its push service does not exist, so that it stays there. */
async function waitingPayload(endpoint: string): Promise<string> {
  const client = new Client({ connectionString: readState().databaseUrl });
  await client.connect();
  try {
    let payload = "";
    await expect
      .poll(async () => {
        const { rows } = await client.query<{ payload: string }>(
          `SELECT payload FROM push JOIN push_subscription ON push_subscription.id = subscription_id
           WHERE endpoint = $1`,
          [endpoint],
        );
        payload = rows[0]?.payload ?? "";
        return payload;
      })
      .not.toBe("");
    return payload;
  } finally {
    await client.end();
  }
}

/** What a service worker's scope has that the test uses. */
type WorkerScope = {
  registration: ServiceWorkerRegistration;
  clients: { openWindow: (url: string) => Promise<null> };
  dispatchEvent: (event: Event) => boolean;
  NotificationEvent: new (name: string, init: { notification: Notification }) => Event;
};

test("a proposal is shown on the device, and a click opens it", async ({ page, newPerson }) => {
  const { baseUrl } = readState();
  await allow(page);
  const carla = await newPerson();
  const community = await createCommunity(carla, "Push Street");
  await admit(page, { by: carla, community, name: "Amina" });
  const offer = await postOffer(page, community, "Bicycle repairs");
  await page.goto(community);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

  const pair = createECDH("prime256v1");
  pair.generateKeys();
  const endpoint = `https://push.example.invalid/${randomBytes(8).toString("hex")}`;
  await callerOn(page.request, baseUrl).send("push.subscribe", {
    endpoint,
    p256dh: pair.getPublicKey("base64url"),
    authSecret: randomBytes(16).toString("base64url"),
    fullText: true,
  });
  // No quiet hours, whenever the test runs.
  await callerOn(page.request, baseUrl).send("notification.updateSettings", {
    community: community.split("/").at(-1),
    mail: [],
    push: ["needed"],
    quietFrom: "00:00",
    quietUntil: "00:00",
    digest: "weekly",
    hidesTitles: false,
  });
  const exchange = await propose(carla, offer, { minutes: 60 });
  const data = await waitingPayload(endpoint);

  const session = await page.context().newCDPSession(page);
  const registered = new Promise<string>((done) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const [registration] = registrations;
      if (registration) done(registration.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const registrationId = await registered;
  await session.send("ServiceWorker.deliverPushMessage", { origin: baseUrl, registrationId, data });
  const shown = () =>
    page.evaluate(async () => {
      const { getNotifications } = ServiceWorkerRegistration.prototype;
      const notifications = await getNotifications.call(await navigator.serviceWorker.ready);
      return notifications.map(({ title, body, lang, dir }) => ({ title, body, lang, dir }));
    });
  await expect.poll(shown).toMatchObject([
    {
      title: "Carla (coordinator) proposed it",
      body: expect.stringMatching(/^Help, /),
      lang: "en",
      dir: "ltr",
    },
  ]);

  const [worker] = page.context().serviceWorkers();
  // A browser opens windows for real clicks only, so that the test opens what the worker asked for.
  const opened = await worker?.evaluate(async () => {
    const scope = self as unknown as WorkerScope;
    const [notification] = await scope.registration.getNotifications();
    if (!notification) return "";
    return new Promise<string>((done) => {
      scope.clients.openWindow = async (url) => {
        done(url);
        return null;
      };
      scope.dispatchEvent(new scope.NotificationEvent("notificationclick", { notification }));
    });
  });
  expect(opened).toBe(`${baseUrl}${exchange}`);
  expect(await shown()).toEqual([]);
  await page.goto(opened ?? "");
  await expect(page.getByRole("heading", { level: 1, name: "Help" })).toBeVisible();
});

test("the settings list the devices, and say what to do where notifications are blocked", async ({
  page,
  newPerson,
}) => {
  await allow(page);
  const carla = await newPerson();
  const community = await createCommunity(carla, "Switch Street");
  await admit(page, { by: carla, community, name: "Amina" });
  await page.goto("/settings");
  const section = page.locator("section", { hasText: "Notifications on this device" });
  await expect(section.getByRole("status")).toContainText("does not show you news");
  await expect(section.getByRole("radio", { name: /without names/ })).toBeChecked();
  await expectAccessible(page);

  const pair = createECDH("prime256v1");
  pair.generateKeys();
  await callerOn(page.request, readState().baseUrl).send("push.subscribe", {
    endpoint: `https://push.example.invalid/${randomBytes(8).toString("hex")}`,
    p256dh: pair.getPublicKey("base64url"),
    authSecret: randomBytes(16).toString("base64url"),
    fullText: false,
  });
  await page.reload();
  const devices = section.getByRole("list", { name: "Your devices with notifications" });
  await expect(devices.getByRole("listitem")).toContainText(["This device"]);

  // Whether a browser without a screen asks or refuses differs from one build to the next.
  await page.addInitScript(() =>
    Object.defineProperty(Notification, "permission", { get: () => "denied" }),
  );
  await page.reload();
  await expect(section.getByRole("status")).toContainText("has blocked notifications");
});
