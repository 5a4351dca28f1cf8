/** The demo neighbourhood in a folder of its own, and the pages that there are to see in it. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { type Product, startProduct } from "./product";
import { STATE_FILE } from "./state";

export const PASSWORD = "lindenhof-demo-26";
export const home = "/lindenhof";
const uuid = "[0-9a-f-]{36}$";

export type Demo = Pick<Product, "baseUrl" | "databaseUrl"> & {
  /** Ends the product and keeps its data. */
  pause: () => Promise<void>;
  /** Starts it again at the same address. */
  resume: (env?: Record<string, string>) => Promise<void>;
  /** Ends it for good. */
  stop: () => Promise<void>;
};

/** Starts the demo on a copy of what was filled once for all tests. */
export async function startDemo(env: Record<string, string> = {}): Promise<Demo> {
  const filled = await filledDemo();
  const folder = mkdtempSync(join(tmpdir(), "evenhour-demo-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  // Its owner stays the owner: as root the database runs as another user.
  execFileSync("cp", ["-a", filled, data]);
  let product = await startProduct(data, { command: "demo", env });
  const { baseUrl, databaseUrl } = product;
  return {
    ...{ baseUrl, databaseUrl },
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

/** The data folder of a demo that is filled and stopped; it goes with the folder of the run. */
async function filledDemo(): Promise<string> {
  const folder = dirname(process.env[STATE_FILE] ?? "");
  const filled = join(folder, "demo");
  if (existsSync(filled)) return filled;
  const product = await startProduct(`${filled}.new`, { command: "demo" });
  await product.stop();
  renameSync(`${filled}.new`, filled);
  return filled;
}

/** Signs one of the demo's people in, in English. */
export async function signIn({ baseUrl }: Demo, page: Page, name: string): Promise<void> {
  await page.goto(`${baseUrl}/sign-in`);
  await page.getByLabel("E-mail address").first().fill(`${name}@demo.evenhour.example`);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL("**/lindenhof");
}

/** The first address on a page that matches. */
async function firstLink(demo: Demo, page: Page, from: string, pattern: RegExp): Promise<string> {
  await page.goto(`${demo.baseUrl}${from}`);
  const all = await page
    .locator("main a")
    .evaluateAll((links) =>
      links.map((link) => new URL(link.getAttribute("href") ?? "", location.href).pathname),
    );
  return all.find((path) => pattern.test(path)) ?? "";
}

/** Every kind of page that a member sees, by a name. */
export async function pagesOf(demo: Demo, page: Page): Promise<Record<string, string>> {
  const first = (from: string, noun: string) =>
    firstLink(demo, page, `${home}${from}`, new RegExp(`/${noun}/${uuid}`));
  // An offer of somebody who has said when she can.
  const listing = await first("/browse?words=injera", "listings");
  const mine = await first("/my-listings", "listings");
  return {
    home,
    browse: `${home}/browse`,
    nothing: `${home}/browse?words=qwxyz`,
    nearest: `${home}/browse?words=injrea`,
    narrowed: `${home}/browse?kind=offer&place=mine&order=near&within=3&on=1`,
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
    availability: `${home}/availability`,
    start: `${home}/start?step=2`,
    me: `${home}/me`,
    profile: `${home}/profile`,
    fund: `${home}/fund`,
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
};
