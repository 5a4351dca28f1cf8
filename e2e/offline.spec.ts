/**
 * Installed on a phone and read offline: what is cached, how it is marked, and that none of it outlives
 * the session.
 */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "@playwright/test";
import type { InterfaceLanguage } from "../domain/kernel/languages";
import { OFFLINE_PATH, PAGES_STORE } from "../domain/offline/offline";
import { type Demo, home, signInByForm, startDemo } from "./demo";
import { expect, expectAccessible, test as ours } from "./ui";
import { wordsOf } from "./words";

/** Console errors of the browser and Next while offline, or while the product starts. */
const ordinary = [/net::ERR_/, /Failed to fetch RSC payload/, /status of (404|503)/];

/** As elsewhere, an unexpected console error fails a test; those of a lost connection are expected. */
const test = ours.extend<{ person: () => Promise<Page> }>({
  person: async ({ browser }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    await use(async () => {
      const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Madrid" });
      contexts.push(context);
      const page = await context.newPage();
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => {
        const text = message.text();
        const isError = message.type() === "error";
        if (isError && !ordinary.some((known) => known.test(text))) errors.push(text);
      });
      return page;
    });
    for (const context of contexts) await context.close();
    expect(errors, "errors in the console").toEqual([]);
  },
});

test.use({ serviceWorkers: "allow" });

let product: Demo;

test.beforeAll(async () => {
  product = await startDemo();
});

test.afterAll(() => product?.stop());

const at = (path: string) => `${product.baseUrl}${path}`;

/** The paths of the cached pages. */
const cachedPaths = (page: Page): Promise<string[]> =>
  page.evaluate(async (name) => {
    if (!(await caches.has(name))) return [];
    const requests = await (await caches.open(name)).keys();
    return requests.map(({ url }) => new URL(url).pathname).sort();
  }, PAGES_STORE);

/** The kinds of the cached files. */
const cachedFiles = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const kinds: string[] = [];
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      kinds.push(...requests.map(({ url }) => url.split(".").at(-1) ?? ""));
    }
    return kinds;
  });

/** All text in the caches. */
const cachedText = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const texts: string[] = [];
    for (const name of await caches.keys()) {
      const store = await caches.open(name);
      for (const request of await store.keys()) {
        const answer = await store.match(request);
        if (answer?.headers.get("content-type")?.startsWith("text/html")) {
          texts.push(await answer.text());
        }
      }
    }
    return texts.join("\n");
  });

/** In the page: the language of a path's cached page, without the region. */
const cachedLanguage = async (path: string): Promise<string> =>
  (await caches.match(path))?.headers.get("x-cached-language")?.split("-")[0] ?? "";

const hasWorker = (page: Page) =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.active?.state);

/** Signs in and opens home and account, until both are cached. */
async function readBoth(page: Page, name = "rosa"): Promise<void> {
  await signInByForm(product, page, name);
  await expect.poll(() => hasWorker(page)).toBe("activated");
  await page.goto(at(`${home}/account`));
  await expect.poll(() => cachedPaths(page)).toContain(`${home}/account`);
  await page.goto(at(home));
  await expect.poll(() => cachedPaths(page)).toEqual([home, `${home}/account`]);
  // The page reports its files to the service worker shortly after it has loaded.
  await expect.poll(() => cachedFiles(page)).toContain("woff2");
}

async function speak(page: Page, chosen: InterfaceLanguage): Promise<void> {
  await page.goto(at(`/language/${chosen}?from=/settings`));
  await expect.poll(() => page.evaluate(cachedLanguage, OFFLINE_PATH)).toBe(chosen);
}

const strip = (page: Page) => page.getByRole("status").filter({ hasText: /offline|reached/ });

const balance = (page: Page) =>
  page
    .locator("dl > div")
    .filter({ has: page.locator("dt", { hasText: /^Balance$/ }) })
    .locator("dd")
    .textContent();

/** Whether the page has our colours and fonts. */
const looksRight = (page: Page) =>
  page.evaluate(async () => {
    const ground = getComputedStyle(document.documentElement).backgroundColor;
    const fonts = await document.fonts.load('1rem "Bricolage Grotesque Variable"', "Account");
    return ground === "rgb(250, 246, 236)" && fonts.length > 0;
  });

test("home and account are readable offline, marked as such, and refreshed when online", async ({
  person,
}) => {
  const rosa = await person();
  await readBoth(rosa);
  await rosa.goto(at(`${home}/account`));
  const hours = await balance(rosa);
  expect(hours).toMatch(/h|min/);
  await expect(strip(rosa)).toHaveCount(0);

  await rosa.context().setOffline(true);
  // Chromium's emulation does not apply `onLine` to pages from a service worker; phones do.
  await rosa.addInitScript(() => Object.defineProperty(navigator, "onLine", { value: false }));
  await rosa.goto(at(`${home}/account`));
  await expect(strip(rosa)).toContainText(
    /^You are offline\. This is how it looked on \w+day at \d/,
  );
  expect(await balance(rosa)).toBe(hours);
  expect(await looksRight(rosa)).toBe(true);
  await expectAccessible(rosa);
  await rosa.goto(at(home));
  await expect(strip(rosa)).toBeVisible();
  await expect(rosa.getByRole("heading", { level: 1, name: /Rosa/ })).toBeVisible();
  await expectAccessible(rosa);
  // Links work between cached pages, and lead to the offline page for others.
  await rosa.getByRole("link", { name: "Account" }).first().click();
  await rosa.waitForURL(`**${home}/account`);
  await expect(strip(rosa)).toBeVisible();
  await rosa.getByRole("link", { name: "Browse" }).first().click();
  await expect(
    rosa.getByRole("heading", { level: 1, name: wordsOf("en")("offline.title") }),
  ).toBeVisible();
  await expect(strip(rosa)).toHaveCount(0);

  // Once online, the requested page loads by itself.
  await rosa.context().setOffline(false);
  await expect(rosa.getByRole("searchbox", { name: "Look for" })).toBeVisible();
  await rosa.goto(at(`${home}/account`));
  await rosa.context().setOffline(true);
  await rosa.reload();
  await expect(strip(rosa)).toBeVisible();
  await rosa.context().setOffline(false);
  await expect(strip(rosa)).toHaveCount(0);
  expect(await balance(rosa)).toBe(hours);
});

test("home is cached when reached by a link, and renewed in another language", async ({
  person,
}) => {
  const rosa = await person();
  await signInByForm(product, rosa, "rosa");
  await expect.poll(() => hasWorker(rosa)).toBe("activated");
  await rosa.goto(at(`${home}/browse`));
  await rosa.evaluate((name) => caches.delete(name), PAGES_STORE);
  await rosa.getByRole("link", { name: "Account" }).first().click();
  await rosa.waitForURL(`**${home}/account`);
  await expect.poll(() => cachedPaths(rosa)).toEqual([`${home}/account`]);
  await speak(rosa, "es");
  await rosa.goto(at(`${home}/browse`));
  await rosa
    .getByRole("link", { name: wordsOf("es")("nav.account") })
    .first()
    .click();
  await rosa.waitForURL(`**${home}/account`);
  await expect.poll(() => rosa.evaluate(cachedLanguage, `${home}/account`)).toBe("es");
  // Neither an RSC payload nor any other page is cached.
  await rosa.evaluate((name) => caches.delete(name), PAGES_STORE);
  await rosa.goto(at(`${home}/account?year=2025`));
  await rosa.goto(at("/settings"));
  await rosa.goto(at(home));
  await expect.poll(() => cachedPaths(rosa)).toEqual([home]);
});

test("other pages show the offline page in the reader's language, with the cached pages", async ({
  person,
}) => {
  const rosa = await person();
  await readBoth(rosa);
  for (const chosen of ["es", "ar", "en"] as const) {
    await rosa.context().setOffline(false);
    const words = wordsOf(chosen);
    await speak(rosa, chosen);
    await rosa.context().setOffline(true);
    await rosa.goto(at(`${home}/members`));
    await expect(
      rosa.getByRole("heading", { level: 1, name: words("offline.title") }),
    ).toBeVisible();
    await expect(rosa.locator("html")).toHaveAttribute("lang", chosen);
    await expect(rosa.locator("html")).toHaveAttribute("dir", chosen === "ar" ? "rtl" : "ltr");
    await expect(rosa.getByRole("listitem")).toHaveCount(2);
    expect(await looksRight(rosa)).toBe(true);
    await expectAccessible(rosa);
    // It names nobody who is not in the cached pages.
    expect(await rosa.content()).not.toContain("Rosa");
  }
  await rosa.getByRole("link", { name: /my account$/ }).click();
  await expect(strip(rosa)).toBeVisible();
});

/** What `holdHealth` puts into a page. */
type Held = {
  healthIsAsked?: boolean;
  answerHealth?: () => Promise<void>;
  healthWasAnswered?: () => void;
};

/**
 * Delays each document's health check until the test answers it, or until just after a navigation has
 * started, when the document can no longer be asked anything.
 * @returns a function that resolves at the next such moment
 */
async function holdHealth(page: Page): Promise<() => Promise<void>> {
  const waiting: (() => void)[] = [];
  await page.exposeFunction("healthWasAnswered", () => {
    for (const done of waiting.splice(0)) done();
  });
  await page.addInitScript(() => {
    const held = window as Held;
    const ask = window.fetch;
    const released = new Promise<void>((release) => {
      held.answerHealth = async () => {
        release();
        // The consequences of the answer run in later tasks.
        for (let tasks = 0; tasks < 3; tasks += 1) await new Promise((done) => setTimeout(done));
        held.healthWasAnswered?.();
      };
    });
    window.fetch = async (input, init) => {
      if (!String(input).endsWith("/api/health")) return ask(input, init);
      held.healthIsAsked = true;
      await released;
      return new Response("{}");
    };
    window.addEventListener("beforeunload", () => setTimeout(() => held.answerHealth?.()));
  });
  return () => new Promise<void>((done) => void waiting.push(done));
}

/** Goes online; the page has started its health check and has no answer yet. */
async function goOnline(page: Page): Promise<void> {
  await page.context().setOffline(false);
  // Chromium's emulation does not fire `online` in pages from a service worker.
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await expect.poll(() => page.evaluate(() => (window as Held).healthIsAsked)).toBe(true);
}

/** Another site, whose page is answered only when the test says so. */
async function startSlowSite() {
  const asking: ((answer: () => void) => void)[] = [];
  const server = createServer(({ url }, response) => {
    if (url !== "/page") return response.writeHead(404).end();
    const answer = () =>
      response.writeHead(200, { "content-type": "text/html" }).end("<h1>Elsewhere</h1>");
    for (const tell of asking.splice(0)) tell(answer);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    page: `http://127.0.0.1:${port}/page`,
    /** Resolves at the next request for the page to a function that answers it. */
    asked: () => new Promise<() => void>((done) => void asking.push(done)),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

test("a navigation that starts as the connection returns is never cancelled", async ({
  person,
}) => {
  const rosa = await person();
  await readBoth(rosa);
  const healthAnswered = await holdHealth(rosa);
  const site = await startSlowSite();
  try {
    // The offline page and a cached page; by the address bar and by a link.
    for (const path of [`${home}/members`, `${home}/account`]) {
      for (const way of ["address", "link"]) {
        await rosa.context().setOffline(true);
        await rosa.goto(at(path));
        await goOnline(rosa);
        const begun = Promise.all([site.asked(), healthAnswered()]);
        const going = way === "address" ? rosa.goto(site.page) : follow(rosa, site.page);
        const arrived = begun.then(([answer]) => answer());
        await Promise.all([going, arrived]);
        await rosa.waitForURL(site.page);
      }
    }
  } finally {
    site.stop();
  }
});

/** Clicks a link that it adds to the page. */
const follow = (page: Page, target: string) =>
  page.evaluate((href) => {
    const link = document.createElement("a");
    link.href = href;
    document.body.append(link);
    link.click();
  }, target);

test("a page shown offline is refreshed in place, and retains the input", async ({ person }) => {
  const rosa = await person();
  await readBoth(rosa);
  await holdHealth(rosa);
  await rosa.context().setOffline(true);
  await rosa.goto(at(`${home}/account`));
  await expect(strip(rosa)).toBeVisible();
  await rosa.evaluate(() => document.body.setAttribute("data-typed", "yes"));
  await goOnline(rosa);
  await rosa.evaluate(() => (window as Held).answerHealth?.());
  await expect(strip(rosa)).toHaveCount(0);
  await expect(rosa.locator("body")).toHaveAttribute("data-typed", "yes");
});

test("a form sent offline retains the input, and says that it was not sent", async ({ person }) => {
  const rosa = await person();
  await signInByForm(product, rosa, "rosa");
  await rosa.goto(at(`${home}/listings/new?kind=request`));
  const title = rosa.getByLabel("In a few words");
  await title.fill("Water my balcony in August");
  await rosa.getByLabel("Kind of help").selectOption({ label: "Repairs and handiwork" });
  await rosa.getByLabel("At my place").check();
  await rosa.context().setOffline(true);
  await rosa.getByRole("button", { name: /^Put up/ }).click();
  await expect(
    rosa.getByRole("alert").filter({ hasText: wordsOf("en")("form.unreachable") }),
  ).toBeFocused();
  await expect(title).toHaveValue("Water my balcony in August");
});

test("signing out deletes all cached pages, and the next user sees none of them", async ({
  person,
}) => {
  const device = await person();
  await readBoth(device);
  await device.goto(at("/communities?all"));
  await device.getByRole("button", { name: "Sign out" }).click();
  await device.waitForURL(at("/"));
  expect(await cachedPaths(device)).toEqual([]);
  expect(await cachedText(device)).not.toMatch(/Rosa|Lindenhof/);
  await device.context().setOffline(true);
  for (const path of [home, `${home}/account`]) {
    await device.goto(at(path));
    await expect(device.getByRole("heading", { level: 1 })).toHaveText(
      wordsOf("en")("offline.title"),
    );
    await expect(device.getByText(wordsOf("en")("savedPages.nothing"))).toBeVisible();
  }
  await device.context().setOffline(false);

  // The next user of a device whose last user did not sign out.
  await readBoth(device);
  await device.context().clearCookies();
  await signInByForm(product, device, "nils");
  await expect.poll(() => cachedPaths(device)).toEqual([home]);
  expect(await cachedText(device)).not.toContain("Hello, Rosa");
  await device.context().setOffline(true);
  await device.goto(at(`${home}/account`));
  await expect(device.getByRole("heading", { level: 1 })).toHaveText(
    wordsOf("en")("offline.title"),
  );
  await device.goto(at(home));
  await expect(device.getByRole("heading", { level: 1 })).toContainText("Nils");
});

test("a session that ended elsewhere clears the cached pages here", async ({ person }) => {
  const rosa = await person();
  await readBoth(rosa);
  await rosa.context().clearCookies();
  await rosa.goto(at(`${home}/browse`));
  await rosa.waitForURL(/\/sign-in/);
  await expect.poll(() => cachedPaths(rosa)).toEqual([]);
});

test("the network's answer is always shown, and stale pages are deleted", async ({ person }) => {
  const rosa = await person();
  await readBoth(rosa);
  // A member was removed from the community, whose pages answer "not found".
  await rosa.evaluate(async (name) => {
    const store = await caches.open(name);
    const answer = await store.match("/lindenhof");
    if (answer) await store.put("/elm-street", answer);
  }, PAGES_STORE);
  const answer = await rosa.goto(at("/elm-street"));
  expect(answer?.status()).toBe(404);
  await expect.poll(() => cachedPaths(rosa)).toEqual([home, `${home}/account`]);

  await rosa.evaluate(async (name) => {
    const store = await caches.open(name);
    const answer = await store.match("/lindenhof");
    const headers = new Headers(answer?.headers);
    headers.set("x-cached-at", String(Date.now() - 14 * 86_400_000));
    await store.put("/lindenhof", new Response(await answer?.text(), { headers }));
  }, PAGES_STORE);
  await rosa.context().setOffline(true);
  await rosa.goto(at(home));
  await expect(rosa.getByRole("heading", { level: 1 })).toHaveText(wordsOf("en")("offline.title"));
  await expect(rosa.getByRole("listitem")).toHaveCount(1);
});

test("the app can be installed: it has a manifest with icons of the stated sizes", async ({
  person,
}) => {
  const anybody = await person();
  await anybody.goto(at("/"));
  const link = await anybody.locator('link[rel="manifest"]').getAttribute("href");
  const answer = await anybody.request.get(at(link ?? ""), {
    headers: { "accept-language": "ar" },
  });
  expect(answer.headers()["content-type"]).toContain("application/manifest+json");
  const manifest = await answer.json();
  expect(manifest).toMatchObject({
    id: "/",
    name: "Evenhour",
    start_url: "/communities",
    scope: "/",
    display: "standalone",
    lang: "ar",
    dir: "rtl",
  });
  const apple = anybody.locator('link[rel="apple-touch-icon"]');
  const all: { src: string; sizes: string }[] = [
    ...manifest.icons,
    {
      src: (await apple.getAttribute("href")) ?? "",
      sizes: (await apple.getAttribute("sizes")) ?? "",
    },
  ];
  expect(all.map(({ sizes }) => sizes)).toEqual(["192x192", "512x512", "512x512", "180x180"]);
  for (const { src, sizes } of all) {
    const size = await anybody.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return `${image.naturalWidth}x${image.naturalHeight}`;
    }, src);
    expect([src, size]).toEqual([src, sizes]);
  }
  // Its cache headers make every start check for a newer script.
  const script = await anybody.request.get(at("/worker.js"));
  expect(script.headers()["cache-control"]).toMatch(/no-(cache|store)/);
  expect(script.headers()["content-type"]).toContain("javascript");
});

test("a stopped server is distinguished from being offline, and the operator can turn offline pages off", async ({
  person,
}) => {
  const rosa = await person();
  await readBoth(rosa);
  await product.pause();
  await rosa.goto(at(home));
  await expect(strip(rosa)).toContainText(/^Evenhour cannot be reached just now\./);

  await product.resume({ EVENHOUR_OFFLINE: "0" });
  // The page checks by itself.
  await expect(strip(rosa)).toHaveCount(0);
  await expect.poll(() => rosa.evaluate(() => caches.keys())).toEqual([]);
  await rosa.goto(at(home));
  await expect.poll(() => hasWorker(rosa).then((state) => state ?? "none")).toBe("none");
});
