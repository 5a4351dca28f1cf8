/** Fixtures and helpers: browsers whose pages are checked, and steps that wait for hydration. */
import AxeBuilder from "@axe-core/playwright";
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { type Demo, startDemo } from "./demo";

/** The browser's own console errors for "not found" and refused requests. */
const ordinary = [
  /Failed to load resource: the server responded with a status of (400|401|403|404|409|429)/,
];

/** Collects unexpected console errors of all pages of a context. */
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
  /** One demo for all tests that leave its members and their sign-ins unchanged. */
  sharedDemo: Demo;
};

/** Each member has their own browser context. */
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

/** Runs in the page: a colour that is still changing, as after another colour scheme, has no contrast yet. */
function endTransitions(): void {
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSTransition) animation.finish();
  }
}

/**
 * Checks that axe finds no violation of WCAG 2.2 A and AA.
 * @param rules restricts the check to these rules of axe
 */
export async function expectAccessible(page: Page, rules?: string[]): Promise<void> {
  // Between two pages the title is briefly empty.
  await expect(page).toHaveTitle(/./);
  await page.evaluate(endTransitions);
  // There are no cross-origin frames, for which axe would open another page each time. Reporting only
  // violations halves the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ["violations"] });
  if (rules) axe.withRules(rules);
  else axe.withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]);
  const { violations } = await axe.analyze();
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`,
  );
  expect(found, `accessibility of ${page.url()}`).toEqual([]);
}

/** Opens a page and waits until it is ready. Its accessibility is checked in pages.spec.ts. */
export async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** Chooses a duration in the two lists of hours and minutes. */
export async function chooseMinutes(
  page: Page,
  label: string | RegExp,
  minutes: number,
): Promise<void> {
  const group = page.getByRole("group", { name: label });
  await group.getByLabel("Hours").selectOption(String(Math.floor(minutes / 60)));
  await group.getByLabel("Minutes").selectOption(String(minutes % 60));
}

/** A date in a number of days, in the format of date fields. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
