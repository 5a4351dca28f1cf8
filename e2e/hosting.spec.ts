/** Evenhour behind the web servers of docs/hosting.md, with the files in hosting/. */
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import { findWebServers, provideWebServers } from "../scripts/lib/web-servers";
import { type Http, http, signIn as signInOver } from "../verification/kit/http";
import { communityPath, FOUNDER_EMAIL, PASSWORD, setUp, signIn } from "./app";
import { test as base, expect, open } from "./ui";
import { HOSTS, type Hosting, NAME, startHosting, type WebServer } from "./web-servers";

const ANOTHER_CLIENT = "127.0.0.9";
const FORGED = "203.0.113.7";

const test = base.extend<object, { hosting: Hosting | null }>({
  hosting: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
    async ({}, use) => {
      const missing = await provideWebServers(console.log);
      if (missing && process.env.CI) throw new Error(missing);
      const hosting = await startHosting();
      await use(hosting);
      await hosting?.stop();
    },
    { scope: "worker" },
  ],
  // Chromium with the local authority: a page whose certificate is only ignored has no service worker.
  browser: [
    async ({ playwright, launchOptions, hosting }, use) => {
      const browser = await playwright.chromium.launch({
        ...launchOptions,
        args: [
          ...(launchOptions.args ?? []),
          `--host-resolver-rules=MAP ${NAME} ${HOSTS.caddy}`,
          `--ignore-certificate-errors-spki-list=${hosting?.keys.join(",")}`,
        ],
      });
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  baseURL: ({ hosting }, use) => use(hosting?.publicUrl),
});

/** Tests in this file build on each other: they share one product. */
test.describe.configure({ mode: "serial" });
// The app is installed, which needs the service worker.
test.use({ serviceWorkers: "allow" });

function requireHosting(hosting: Hosting | null): Hosting {
  test.skip(!hosting, "This machine has no Caddy and nginx, and they could not be downloaded.");
  if (!hosting) throw new Error("There are no web servers.");
  return hosting;
}

/** A client at another address than the web server's, so that the log tells them apart. */
const clientOf = ({ publicUrl, ports, ca }: Hosting, server: WebServer): Http =>
  http(publicUrl, 1, {
    host: HOSTS[server],
    port: ports.https,
    localAddress: ANOTHER_CLIENT,
    ca,
  });

let community = "";

test("set-up, sign-in, cookies, a photo and the installed app through Caddy", async ({
  newPerson,
  hosting: found,
}) => {
  const { product, publicUrl } = requireHosting(found);
  const carla = await newPerson();
  await setUp(carla, new URL(product.setupLink ?? "").pathname, "Elm Street");
  community = communityPath(carla);

  await carla.context().clearCookies();
  await signIn(carla, FOUNDER_EMAIL);
  await expect(carla.getByRole("heading", { level: 1, name: /Carla/ })).toBeVisible();
  const cookies = await carla.context().cookies();
  const ours = cookies.filter(({ name }) => name.startsWith("__Host-evenhour."));
  expect(ours.map(({ name }) => name).sort()).toEqual([
    "__Host-evenhour.device",
    "__Host-evenhour.session",
  ]);
  for (const cookie of ours) {
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, path: "/", domain: NAME });
  }

  const worker = carla.evaluate(async () => {
    const { active, scope } = await navigator.serviceWorker.ready;
    return { script: active?.scriptURL, scope };
  });
  expect(await worker).toEqual({ script: `${publicUrl}/worker.js`, scope: `${publicUrl}/` });
  const devtools = await carla.context().newCDPSession(carla);
  const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
  expect(installabilityErrors).toEqual([]);
  const { url, errors } = await devtools.send("Page.getAppManifest");
  expect({ url, errors }).toEqual({ url: `${publicUrl}/manifest.webmanifest`, errors: [] });

  await open(carla, `${community}/profile`);
  await carla.getByLabel(/^Choose (a|another) photo/).setInputFiles("app/apple-icon.png");
  await carla.getByRole("button", { name: "Use this photo" }).click();
  await expect(carla.getByText("Your photo is up.")).toBeVisible();
});

/** A form with one file of this name. */
function formWith(file: Buffer): { headers: Record<string, string>; body: Buffer } {
  const boundary = "----evenhour";
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n`;
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), file, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

/** A picture of random pixels, which hardly compresses: about three bytes a pixel. */
function noise(side: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const typed = Buffer.concat([Buffer.from(type), data]);
    const framed = Buffer.alloc(typed.length + 8);
    framed.writeUInt32BE(data.length);
    typed.copy(framed, 4);
    framed.writeUInt32BE(crc32(typed), typed.length + 4);
    return framed;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  // Eight bits a channel, red, green and blue.
  head.set([8, 2], 8);
  const rows = Array.from({ length: side }, () =>
    Buffer.concat([Buffer.from([0]), randomBytes(3 * side)]),
  );
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 0 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The result of a procedure, in tRPC's envelope with superjson. */
const resultOf = (body: Buffer) => JSON.parse(body.toString()).result.data.json;

const HSTS = "max-age=31536000";

let calendar = "";

for (const server of ["caddy", "nginx"] as const) {
  test(`${server} passes on the client's address, cookies, photos and calendars`, async ({
    hosting: found,
  }) => {
    const hosting = requireHosting(found);
    const { publicUrl, ports } = hosting;
    const client = clientOf(hosting, server);
    const plain = http(`http://${NAME}`, 1, { host: HOSTS[server], port: ports.http });
    try {
      const redirected = await plain.send("/sign-in?from=%2F");
      expect([301, 308]).toContain(redirected.status);
      expect(redirected.headers.location).toMatch(
        /^https:\/\/evenhour\.test.*\/sign-in\?from=%2F$/,
      );

      const credentials = { email: FOUNDER_EMAIL, password: PASSWORD };
      // It also sends X-Forwarded-For, which does not count.
      const cookie = await signInOver(client, publicUrl, credentials, FORGED);
      const logged = readFileSync(hosting.securityLog, "utf8").trim().split("\n");
      expect(JSON.parse(logged.at(-1) ?? "")).toMatchObject({
        event: "signedIn",
        address: ANOTHER_CLIENT,
      });
      expect(cookie).toMatch(/__Host-evenhour\.session=/);

      const page = await client.send("/sign-in");
      expect(page.status).toBe(200);
      // Node joins repeated headers, so this is one header.
      expect(page.headers["strict-transport-security"]).toBe(HSTS);
      for (const set of [page.headers["set-cookie"] ?? []].flat()) {
        expect(set).toMatch(/^__Host-[^;]+(?=.*; Path=\/(;|$))(?=.*; Secure(;|$))(?!.*; Domain)/i);
      }

      const from = { cookie, origin: publicUrl };
      const send = (file: Buffer) => {
        const { headers, body } = formWith(file);
        const path = `/api/photos${community}`;
        return client.send(path, { method: "POST", headers: { ...from, ...headers }, body });
      };
      const photo = await send(noise(700));
      expect([photo.status, photo.body.toString()]).toEqual([200, expect.stringContaining("{")]);
      // The product's own message about what is too large.
      const large = await send(randomBytes(13_700_000));
      expect([large.status, large.body.toString()]).toEqual([413, expect.stringMatching(/\{.*MB/)]);

      const renewed = await client.send("/api/trpc/person.renewCalendar", {
        method: "POST",
        headers: { ...from, "content-type": "application/json" },
        body: "{}",
      });
      calendar = resultOf(renewed.body).token;
      const feed = await client.send(`/api/calendar/${calendar}`);
      expect(feed.status).toBe(200);
      expect(feed.headers["content-type"]).toBe("text/calendar; charset=utf-8");
      expect(feed.body.toString()).toContain("BEGIN:VCALENDAR");
    } finally {
      client.close();
      plain.close();
    }
  });
}

test("the logs of the web servers contain no URL that opens an account", async ({
  hosting: found,
}) => {
  const hosting = requireHosting(found);
  const secret = "aSecretThatOpensTheCommunity";
  const urls = [
    `/api/calendar/${calendar}`,
    `/join${community}/${secret}`,
    `/sign-up?from=${encodeURIComponent(`/join${community}/${secret}`)}`,
    `/link/${secret}`,
    `/setup/${secret}`,
  ];
  const sendAll = async (server: WebServer) => {
    const client = clientOf(hosting, server);
    const referer = `${hosting.publicUrl}/link/${secret}`;
    const answers = [];
    for (const url of urls) answers.push(await client.send(url, { headers: { referer } }));
    client.close();
    return answers.map(({ status }) => status);
  };
  for (const server of ["caddy", "nginx"] as const) await sendAll(server);
  // Then the web servers log errors.
  await hosting.product.stop();
  for (const server of ["caddy", "nginx"] as const) {
    expect(await sendAll(server)).toEqual(urls.map(() => 502));
    const log = hosting.logOf(server);
    expect(log).not.toContain(calendar);
    expect(log).not.toContain(secret);
  }
  expect(hosting.logOf("nginx")).toMatch(/"GET \/sign-up" 200/);
  expect(hosting.logOf("caddy")).toMatch(/502/);
});

test("the script that copies backups adds new ones and deletes nothing", async ({
  hosting: found,
}) => {
  requireHosting(found);
  const programs = findWebServers();
  const folder = mkdtempSync(join(tmpdir(), "evenhour-copies-"));
  const backups = join(folder, "data", "backups");
  const copies = join(folder, "copies");
  mkdirSync(backups, { recursive: true });
  mkdirSync(copies);
  const copy = () =>
    execFileSync(join("hosting", "copy-backups.sh"), [], {
      env: {
        ...process.env,
        ...programs?.env,
        PATH: `${join(programs?.rsync ?? "", "..")}:${process.env.PATH}`,
        EVENHOUR_DATA_DIR: join(folder, "data"),
        EVENHOUR_COPY_TO: `${copies}/`,
      },
      stdio: "pipe",
    });
  try {
    const [first, second] = ["nightly-2026-01-01.evenhour.gz", "nightly-2026-01-02.evenhour.gz"];
    expect(copy).toThrow(/older than two days/);
    writeFileSync(join(backups, first), "first");
    writeFileSync(join(backups, "nightly-2026-01-02.evenhour.gz.part"), "incomplete");
    copy();
    expect(readdirSync(copies)).toEqual([first]);
    // A damaged file of the same name does not replace the copy.
    writeFileSync(join(backups, first), "damaged");
    writeFileSync(join(backups, second), "second");
    copy();
    rmSync(join(backups, first));
    copy();
    expect(readdirSync(copies)).toEqual([first, second]);
    expect(readFileSync(join(copies, first), "utf8")).toBe("first");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
