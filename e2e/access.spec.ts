/**
 * Accessibility beyond axe: keyboard only, reduced motion, and a slow phone. Each check is also run on a
 * deliberately broken page, where it must find the fault.
 */
import type { CDPSession, Page } from "@playwright/test";
import { type Demo, enter, home, pagesOf } from "./demo";
import { expect, expectAccessible, test } from "./ui";

let demo: Demo;

test.beforeAll(({ sharedDemo }) => {
  demo = sharedDemo;
});

const at = (path: string) => `${demo.baseUrl}${path}`;

type Reached = "link" | "button" | "textbox" | "searchbox";

/** Presses Tab until the element has the focus. @returns false if it never has */
async function tabTo(page: Page, name: string | RegExp, role: Reached) {
  const wanted = page.getByRole(role, { name }).first();
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 90; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return true;
    await page.keyboard.press("Tab");
  }
  return false;
}

/** Whether the focused element has a visible focus indicator. */
const showsFocus = (page: Page) =>
  page.evaluate(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(
      document.activeElement ?? document.body,
    );
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  });

test("the main task works by keyboard alone, and its outcome is announced", async ({
  newPerson,
}) => {
  const nils = await newPerson();
  await enter(demo, nils, "nils");
  // The skip link passes the header in one step.
  await nils.goto(at(home));
  await nils.keyboard.press("Tab");
  expect(await showsFocus(nils)).toBe(true);
  await nils.keyboard.press("Enter");
  expect(await nils.evaluate(() => document.activeElement?.id)).toBe("main");

  await nils.goto(at(`${home}/browse`));
  expect(await tabTo(nils, "Look for", "searchbox")).toBe(true);
  await nils.keyboard.type("injera");
  await nils.keyboard.press("Enter");
  await nils.waitForURL(/words=injera/);
  expect(await tabTo(nils, /^Injera/, "link")).toBe(true);
  expect(await showsFocus(nils)).toBe(true);
  await nils.keyboard.press("Enter");
  await nils.waitForURL(/\/listings\//);
  expect(await tabTo(nils, /ask for this time$/, "link")).toBe(true);
  expect(await showsFocus(nils)).toBe(true);
  await nils.keyboard.press("Enter");
  await nils.waitForURL(/\/propose\?.*at=/);

  // The error is announced and has the focus; once corrected, the form is sent.
  const title = nils.getByRole("textbox", { name: "What is it about?" });
  await expect(title).toBeEnabled();
  expect(await tabTo(nils, "What is it about?", "textbox")).toBe(true);
  await nils.keyboard.press("ControlOrMeta+a");
  await nils.keyboard.press("Delete");
  expect(await tabTo(nils, /^Send to/, "button")).toBe(true);
  await nils.keyboard.press("Enter");
  const alert = nils.getByRole("alert").filter({ hasText: "another look" });
  await expect(alert).toBeFocused();
  await expect(title).toHaveAttribute("aria-invalid", "true");
  await expect(title).toHaveAccessibleDescription(/Please fill this in/);
  expect(await tabTo(nils, "What is it about?", "textbox")).toBe(true);
  await nils.keyboard.type("Injera for a friend");
  expect(await tabTo(nils, /^Send to/, "button")).toBe(true);
  await nils.keyboard.press("Enter");
  await nils.waitForURL(/\/exchanges\/[0-9a-f-]{36}$/);
  await expect(nils.getByRole("main")).toMatchAriaSnapshot(`
    - heading "Injera for a friend" [level=1]
    - heading /You asked Selam Tesfaye for/ [level=2]
  `);
  // After a transition the focus is on its result, not lost with the button.
  expect(await tabTo(nils, "Take it back", "button")).toBe(true);
  await nils.keyboard.press("Enter");
  expect(await tabTo(nils, "Yes, take it back", "button")).toBe(true);
  await nils.keyboard.press("Enter");
  await expect(nils.getByRole("heading", { name: "You took this back." })).toBeVisible();
  const focused = await nils.evaluate(() => document.activeElement?.textContent ?? "");
  expect(focused).toContain("You took this back.");
});

test("the keyboard check finds an unreachable link and an invisible focus", async ({
  newPerson,
}) => {
  const nils = await newPerson();
  await enter(demo, nils, "nils");
  await nils.goto(at(`${home}/browse`));
  await nils.evaluate(() => {
    for (const link of document.querySelectorAll("main a")) link.setAttribute("tabindex", "-1");
  });
  await nils.addStyleTag({ content: ":focus-visible { outline: none !important; }" });
  await nils.keyboard.press("Tab");
  expect(await showsFocus(nils)).toBe(false);
  expect(await tabTo(nils, "Offer something", "link")).toBe(false);
});

test("shows no motion to users who prefer reduced motion", async ({ newPerson }) => {
  const rosa = await newPerson();
  await enter(demo, rosa, "rosa");
  const longest = () =>
    rosa.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll("*")].map((element) => {
          const { transitionDuration, animationDuration } = getComputedStyle(element);
          return Math.max(
            ...`${transitionDuration},${animationDuration}`.split(",").map(Number.parseFloat),
          );
        }),
      ),
    );
  await rosa.goto(at(home));
  // Without the preference there is motion, so this check can fail.
  expect(await longest()).toBeGreaterThan(0.01);
  await rosa.emulateMedia({ reducedMotion: "reduce" });
  expect(await longest()).toBeLessThanOrEqual(0.01);
});

test("axe finds the faults of a deliberately broken page", async ({ newPerson }) => {
  const rosa = await newPerson();
  await enter(demo, rosa, "rosa");
  await rosa.goto(at(home));
  await rosa.addStyleTag({ content: "main p, main h2 { color: #eee !important; }" });
  await expect(expectAccessible(rosa, ["color-contrast"])).rejects.toThrow(/color-contrast/);
});

test.describe("a slow phone", () => {
  // The throttling of the page does not apply to requests of a service worker.
  test.use({ serviceWorkers: "block" });

  /** A phone four times slower than this machine, on slow 3G (400 kbit/s, 400 ms latency). */
  async function slowDown(page: Page): Promise<CDPSession> {
    const phone = await page.context().newCDPSession(page);
    await phone.send("Network.enable");
    await phone.send("Network.emulateNetworkConditions", {
      offline: false,
      latency: 400,
      downloadThroughput: 50_000,
      uploadThroughput: 50_000,
    });
    await phone.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    return phone;
  }
  const countShifts = () => {
    const counted = window as unknown as { shifts: number };
    counted.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[]) {
        if (!entry.hadRecentInput) counted.shifts += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  };
  const shiftsOf = (page: Page) =>
    page.evaluate(() => (window as unknown as { shifts: number }).shifts);

  test("shows home before any script runs", async ({ browser, newPerson }) => {
    const rosa = await newPerson();
    await enter(demo, rosa, "rosa");
    const context = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await rosa.context().storageState(),
      locale: "en-GB",
    });
    const still = await context.newPage();
    await still.goto(at(home));
    await expect(still.getByRole("heading", { level: 1, name: /Rosa/ })).toBeVisible();
    await expect(still.getByRole("heading", { name: "Waiting for your answer" })).toBeVisible();
    // Browsing needs no script at all.
    await still.getByRole("link", { name: "Browse" }).first().click();
    await still.getByLabel("Look for").fill("injera");
    await still.getByRole("button", { name: "Search" }).click();
    await still.getByRole("link", { name: /^Injera/ }).click();
    await expect(still.getByRole("link", { name: /ask for this time$/ }).first()).toBeVisible();
    await context.close();
  });

  test("downloads scripts and fonts once", async ({ newPerson }) => {
    const rosa = await newPerson();
    await enter(demo, rosa, "rosa");
    await rosa.goto(at(`${home}/account`));
    await rosa.goto(at(home));
    const sent = await rosa.evaluate(() =>
      (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
        .filter(({ name }) => name.includes("/_next/static/"))
        .map(({ name, transferSize }) => ({ name, transferSize })),
    );
    expect(sent.filter(({ name }) => /\.js$/.test(name)).length).toBeGreaterThan(5);
    // Home needs some files of its own; those shared with the account page are cached.
    await rosa.goto(at(`${home}/account`));
    await rosa.goto(at(home));
    const again = await rosa.evaluate(() =>
      (performance.getEntriesByType("resource") as PerformanceResourceTiming[])
        .filter(({ name, transferSize }) => name.includes("/_next/static/") && transferSize > 0)
        .map(({ name }) => name),
    );
    expect(again).toEqual([]);
  });

  test("shows pages without layout shifts, and lets them be used", async ({ newPerson }) => {
    const rosa = await newPerson();
    await enter(demo, rosa, "rosa");
    await rosa.setViewportSize({ width: 360, height: 740 });
    await rosa.addInitScript(countShifts);
    const pages = await pagesOf(demo, rosa.request);
    await slowDown(rosa);
    for (const name of ["home", "browse", "listing", "exchange", "account"] as const) {
      await rosa.goto(at(pages[name]), { waitUntil: "load" });
      await expect(rosa.getByRole("heading", { level: 1 })).toBeVisible();
      // The forms have been hydrated.
      if (name === "exchange") {
        await expect(rosa.locator("main fieldset").first()).toBeEnabled();
      }
      expect(await shiftsOf(rosa), `layout shift of ${name}`).toBeLessThanOrEqual(0.05);
    }
  });

  test("the check of layout shifts finds one", async ({ newPerson }) => {
    const rosa = await newPerson();
    await enter(demo, rosa, "rosa");
    await rosa.setViewportSize({ width: 360, height: 740 });
    await rosa.addInitScript(countShifts);
    await rosa.goto(at(home));
    await rosa.evaluate(async () => {
      // Keeps the page as React expects it when it hydrates.
      const main = document.querySelector("main");
      if (main) main.style.marginTop = "300px";
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 300)));
    });
    expect(await shiftsOf(rosa)).toBeGreaterThan(0.05);
  });
});
