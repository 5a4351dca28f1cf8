/** Every page of the demo, as a busy member and as a coordinator, in light and dark. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { type Product, startProduct } from "./product";
import { expect, expectAccessible, test } from "./ui";

const PASSWORD = "lindenhof-demo-26";
/** Set to keep a picture of every page, for people to look at. */
const SHOTS = process.env.EVENHOUR_SHOTS;

let folder: string;
let product: Product;

test.beforeAll(async () => {
  test.setTimeout(300_000);
  folder = mkdtempSync(join(tmpdir(), "evenhour-demo-"));
  chmodSync(folder, 0o755);
  product = await startProduct(join(folder, "data"), { command: "demo" });
});

test.afterAll(async () => {
  await product?.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function signIn(page: Page, name: string): Promise<void> {
  await page.goto(`${product.baseUrl}/sign-in`);
  await page.getByLabel("E-mail address").first().fill(`${name}@demo.evenhour.example`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/lindenhof");
}

/** The first address on a page that matches. */
async function firstLink(page: Page, from: string, pattern: RegExp): Promise<string> {
  await page.goto(`${product.baseUrl}${from}`);
  const all = await page
    .locator("main a")
    .evaluateAll((links) =>
      links.map((link) => new URL(link.getAttribute("href") ?? "", location.href).pathname),
    );
  return all.find((path) => pattern.test(path)) ?? "";
}

const home = "/lindenhof";
const uuid = "[0-9a-f-]{36}$";

async function pagesOf(page: Page): Promise<Record<string, string>> {
  const listing = await firstLink(
    page,
    `${home}/browse?kind=offer`,
    new RegExp(`/listings/${uuid}`),
  );
  return {
    home,
    browse: `${home}/browse`,
    nothing: `${home}/browse?words=qwxyz`,
    listing,
    exchange: await firstLink(page, `${home}/exchanges`, new RegExp(`/exchanges/${uuid}`)),
    settled: await firstLink(page, `${home}/exchanges?part=past`, new RegExp(`/exchanges/${uuid}`)),
    account: `${home}/account`,
    exchanges: `${home}/exchanges`,
    past: `${home}/exchanges?part=past`,
    members: `${home}/members`,
    person: await firstLink(page, `${home}/members`, new RegExp(`/members/${uuid}`)),
    propose: `${home}/propose?listing=${listing.split("/").at(-1)}`,
    record: `${home}/record`,
    offer: `${home}/listings/new?kind=offer`,
    listings: `${home}/my-listings`,
    me: `${home}/me`,
    profile: `${home}/profile`,
    fund: `${home}/fund`,
    settings: "/settings",
    communities: "/communities?all",
    mailbox: "/mailbox",
    welcome: "/",
  };
}

const coordinating = {
  coordinate: `${home}/coordinate`,
  invitations: `${home}/coordinate/invitations`,
  rules: `${home}/coordinate/rules`,
};

type Look = {
  width: number;
  colorScheme: "light" | "dark";
  /** The rules of axe to ask; all of them when left out. */
  rules?: string[];
};

/** Everything once; in the dark and on a phone what can differ there. */
const looks: Look[] = [
  { width: 1280, colorScheme: "light" },
  { width: 320, colorScheme: "dark", rules: ["color-contrast", "target-size"] },
];
/** The other two, for the pictures only. */
const pictures: Look[] = [
  { width: 1280, colorScheme: "dark", rules: [] },
  { width: 320, colorScheme: "light", rules: [] },
];

/** Each page once, seen in every look: everything is checked in the first, colours in all. */
async function visit(page: Page, pages: Record<string, string>, who: string) {
  for (const [name, path] of Object.entries(pages)) {
    const answer = await page.goto(`${product.baseUrl}${path}`);
    expect([path, answer?.status()]).toEqual([path, 200]);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    for (const { width, colorScheme, rules } of SHOTS ? [...looks, ...pictures] : looks) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider, `${path} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
      if (rules?.length !== 0) await expectAccessible(page, rules);
      if (!SHOTS) continue;
      mkdirSync(SHOTS, { recursive: true });
      const file = `${who}-${name}-${width}-${colorScheme}.png`;
      await page.screenshot({ path: join(SHOTS, file), fullPage: true });
    }
  }
}

// Recording every step would take longer than the steps.
test.use({ trace: "off" });

test("no page has a violation, in light or dark, on a phone or a desk", async ({ newPerson }) => {
  test.setTimeout(600_000);
  const rosa = await newPerson();
  await signIn(rosa, "rosa");
  await visit(rosa, await pagesOf(rosa), "rosa");
  const amara = await newPerson();
  await signIn(amara, "amara");
  await visit(amara, coordinating, "amara");
  const nils = await newPerson();
  await signIn(nils, "nils");
  const empty = ["", "/exchanges", "/account", "/my-listings"].map((path) => [
    path,
    `${home}${path}`,
  ]);
  await visit(nils, Object.fromEntries(empty), "nils");
});

test("a sign-in link from the letter box works once", async ({ newPerson }) => {
  const nils = await newPerson();
  await nils.goto(`${product.baseUrl}/sign-in`);
  const byLink = nils
    .locator("form")
    .filter({ has: nils.getByRole("button", { name: "Send me a link" }) });
  await byLink.getByLabel("E-mail address").fill("nils@demo.evenhour.example");
  await byLink.getByRole("button", { name: "Send me a link" }).click();
  await expect(nils.getByText("a link is on its way")).toBeVisible();
  await nils.goto(`${product.baseUrl}/mailbox`);
  const path = (await nils.locator('a[href*="/link/"]').first().getAttribute("href")) ?? "";
  const link = new URL(path, product.baseUrl).href;
  await nils.goto(link);
  await expectAccessible(nils);
  await nils.getByRole("button", { name: "Sign in" }).click();
  await nils.waitForURL("**/lindenhof");
  const other = await newPerson();
  await other.goto(link);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("alert").first()).toContainText("does not work any more");
});
