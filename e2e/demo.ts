/** Starts the demo in its own data folder, and lists the pages to visit in it. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { APIRequestContext, Page } from "@playwright/test";
import { waitForLock } from "../scripts/lib/lock";
import { type Product, startProduct } from "../verification/kit/product";
import { openSession } from "./api";
import { STATE_FILE } from "./state";

export const PASSWORD = "lindenhof-demo-26";
export const home = "/lindenhof";

export type Demo = Pick<Product, "baseUrl" | "databaseUrl"> & {
  /** Stops the product and retains its data. */
  pause: () => Promise<void>;
  /** Restarts it at the same address. */
  resume: (env?: Record<string, string>) => Promise<void>;
  /** Stops it and deletes its data. */
  stop: () => Promise<void>;
};

/** Starts the demo on a copy of data that was filled once for all tests. */
export async function startDemo(env: Record<string, string> = {}): Promise<Demo> {
  const filled = await filledDemo();
  const folder = mkdtempSync(join(tmpdir(), "evenhour-demo-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  // Preserves the owner: as root, PostgreSQL runs as another user.
  execFileSync("cp", ["-a", filled, data]);
  let product = await startProduct(data, { command: "demo", env });
  const { baseUrl, databaseUrl } = product;
  return {
    baseUrl,
    databaseUrl,
    pause: () => product.stop(),
    resume: async (changed = env) => {
      const port = Number(new URL(baseUrl).port);
      product = await startProduct(data, { command: "demo", port, env: changed });
    },
    stop: async () => {
      await product.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The data folder of a filled and stopped demo, inside the folder of the run. */
async function filledDemo(): Promise<string> {
  const folder = dirname(process.env[STATE_FILE] ?? "");
  const filled = join(folder, "demo");
  // With --workers=2 both may need it at once.
  const { release } = await waitForLock(`${filled}.lock`, () => undefined);
  try {
    if (existsSync(filled)) return filled;
    const product = await startProduct(`${filled}.new`, { command: "demo" });
    await product.stop();
    renameSync(`${filled}.new`, filled);
    return filled;
  } finally {
    release();
  }
}

export const emailOf = (name: string): string => `${name}@demo.evenhour.example`;

/** Signs in one of the demo's members over HTTP, without opening a page. */
export const enter = ({ baseUrl }: Demo, page: Page, name: string): Promise<void> =>
  openSession(page.request, baseUrl, { email: emailOf(name), password: PASSWORD });

/** Signs in one of the demo's members by the form, and waits for home. */
export async function signInByForm({ baseUrl }: Demo, page: Page, name: string): Promise<void> {
  await page.goto(`${baseUrl}/sign-in`);
  await page.getByLabel("E-mail address").first().fill(emailOf(name));
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`**${home}`);
}

/** The first link on a page that matches, in its HTML. */
async function firstLink(
  { baseUrl }: Demo,
  http: APIRequestContext,
  from: string,
  noun: string,
): Promise<string> {
  const html = await (await http.get(`${baseUrl}${from}`)).text();
  const path = new RegExp(`<a [^>]*href="([^"]*/${noun}/[0-9a-f-]{36})"`).exec(html)?.[1];
  if (!path) throw new Error(`no link to ${noun} on ${from}`);
  return path;
}

/**
 * Every kind of page that a member sees, by name.
 * @param http signed in as that member
 */
export async function pagesOf(demo: Demo, http: APIRequestContext) {
  const first = (from: string, noun: string) => firstLink(demo, http, `${home}${from}`, noun);
  // An offer of a member who has published her availability.
  const listing = await first("/browse?words=injera", "listings");
  const mine = await first("/my-listings", "listings");
  return {
    home,
    browse: `${home}/browse`,
    nothing: `${home}/browse?words=qwxyz`,
    nearest: `${home}/browse?words=injrea`,
    narrowed: `${home}/browse?kind=offer&places=mine&order=near&within=3&availableOn=1`,
    listing,
    mine,
    edit: `${mine}/edit`,
    exchange: await first("/exchanges", "exchanges"),
    settled: await first("/exchanges?part=past", "exchanges"),
    account: `${home}/account`,
    print: `${home}/account/print`,
    exchanges: `${home}/exchanges`,
    past: `${home}/exchanges?part=past`,
    members: `${home}/members`,
    person: await first("/members?words=selam", "members"),
    propose: `${home}/propose?listing=${listing.split("/").at(-1)}`,
    record: `${home}/record`,
    offer: `${home}/listings/new?kind=offer`,
    request: `${home}/listings/new?kind=request`,
    listings: `${home}/my-listings`,
    news: `${home}/notifications`,
    newsSettings: `${home}/notifications/settings`,
    availability: `${home}/availability`,
    start: `${home}/start?step=2`,
    me: `${home}/me`,
    profile: `${home}/profile`,
    fund: `${home}/fund`,
    privacy: `${home}/privacy`,
    imprint: `${home}/imprint`,
    settings: "/settings",
    communities: "/communities?all",
    mailbox: "/mailbox",
    welcome: "/",
  };
}

export const coordinating = {
  coordinate: `${home}/coordinate`,
  invitations: `${home}/coordinate/invitations`,
  rules: `${home}/coordinate/rules`,
  words: `${home}/coordinate/words`,
  neighbourhoods: `${home}/coordinate/neighbourhoods`,
  notice: `${home}/coordinate/privacy`,
};
