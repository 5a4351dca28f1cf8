/** Primitives: a browser whose every page is checked, and steps that wait for the scripts. */
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type Demo, startDemo } from "./demo";

/** What a browser says by itself when a page answers "not found" or a procedure refuses. */
const ordinary = [
  /Failed to load resource: the server responded with a status of (400|401|403|404|409|429)/,
];

/** Fails a test on an unexpected error in the console of any of a person's pages. */
function watch(context: BrowserContext, errors: string[]): void {
  context.on("console", (message) => {
    const text = message.text();
    if (message.type() !== "error" || ordinary.some((known) => known.test(text))) return;
    errors.push(text);
  });
  context.on("weberror", (failed) => errors.push(String(failed.error())));
}

type Fixtures = { errors: string[]; newPerson: () => Promise<Page> };
type Shared = {
  /** A demo for every test that leaves its people and their sign-ins as they were. */
  sharedDemo: Demo;
};

/** Each person has a browser of their own: nothing is shared between them but the product. */
export const test = base.extend<Fixtures, Shared>({
  sharedDemo: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
    async ({}, use) => {
      const demo = await startDemo();
      await use(demo);
      await demo.stop();
    },
    { scope: "worker" },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
  errors: async ({}, use) => {
    const errors: string[] = [];
    await use(errors);
    expect(errors, "errors in the console").toEqual([]);
  },
  page: async ({ page, errors }, use) => {
    watch(page.context(), errors);
    await use(page);
  },
  newPerson: async ({ browser, errors }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Madrid" });
      contexts.push(context);
      watch(context, errors);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },
});

export { expect };

/**
 * No violation of WCAG 2.2 A and AA that a machine can find.
 * @param rules only these of axe's rules; all of them when left out
 */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  // Between two pages there is a moment without a title.
  await expect(page).toHaveTitle(/./);
  // There are no frames of other sites here, for whose sake axe would open another page each time.
  // Only violations are told in full: what passed would take as long again.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (rules) axe.withRules(rules);
  else axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
  );
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

/** The kinds of page that were checked in this run; states of a page are checked where they arise. */
const checked = new Set<string>();

/** Opens a page, waits until it stands, and checks it, the first time that its kind is seen. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  const { pathname } = new URL(page.url());
  const kind = pathname
    .replace(/[0-9a-f-]{36}|[\w-]{43}/g, "id")
    // The communities of the tests, all of them streets, have the same pages.
    .replace(/\/[a-z]+-street\b/, "/street");
  if (checked.has(kind)) return;
  checked.add(kind);
  await expectAccessible(page);
}

/** Chooses an amount of time in the two lists of hours and minutes. */
export async function chooseMinutes(
  page: Page,
  label: string | RegExp,
  minutes: number,
): Promise<void> {
  const group = page.getByRole("group", { name: label });
  await group.getByLabel("Hours").selectOption(String(Math.floor(minutes / 60)));
  await group.getByLabel("Minutes").selectOption(String(minutes % 60));
}

/** A day from now as date fields want it. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
