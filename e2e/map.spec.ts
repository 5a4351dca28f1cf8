/** The map beside the list, the choice of a neighbourhood, and the same pages without a map. */
import type { Page } from "@playwright/test";
import { type Demo, enter, home, startDemo } from "./demo";
import { startTiles, type TileServer } from "./tiles";
import { expect, expectAccessible, test } from "./ui";

const CREDIT = "© Lindenhof surveyors https://maps.example.org/copyright";

let tiles: TileServer;
let demo: Demo;

test.beforeAll(async () => {
  tiles = await startTiles();
  demo = await startDemo({ EVENHOUR_MAP_TILES: tiles.tiles, EVENHOUR_MAP_CREDIT: CREDIT });
});

test.afterAll(async () => {
  await demo?.stop();
  await tiles?.stop();
});

const at = (path: string) => `${demo.baseUrl}${path}`;
const mapOf = (page: Page) => page.getByRole("region", { name: "Map of what is on this page" });
/** The markers of one listing and of several. */
const marks = (page: Page) => mapOf(page).getByRole("button");
const isDrawn = (page: Page) =>
  expect(page.locator("img.leaflet-tile-loaded").first()).toBeVisible();

/** Collects violations of the page's Content-Security-Policy. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const refused: string[] = [];
    Object.assign(window, { refused });
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      refused.push(`${violatedDirective} ${blockedURI}`);
    });
  });
  return () => page.evaluate(() => (window as unknown as { refused: string[] }).refused);
}

test("the map loads only on request and works by keyboard, in light and dark", async ({
  newPerson,
}) => {
  const rosa = await newPerson();
  const refused = await watchPolicy(rosa);
  await enter(demo, rosa, "rosa");
  const answer = await rosa.goto(at(`${home}/browse`));
  const policy = answer?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain(`img-src 'self' data: ${tiles.origin};`);

  // Before the request nothing is loaded, and the page names the host of the tiles.
  await expect(rosa.getByText(`asks ${new URL(tiles.origin).host},`)).toBeVisible();
  expect(tiles.asked).toEqual([]);
  await rosa.getByRole("link", { name: "Show the map" }).click();
  await rosa.waitForURL(/[?&]view=map/);
  await isDrawn(rosa);
  await expect(rosa.getByText(/^\d+ of \d+ are on the map/)).toBeVisible();
  const credit = rosa.getByRole("link", { name: "© Lindenhof surveyors" });
  await expect(credit).toHaveAttribute("href", "https://maps.example.org/copyright");

  // The tile server learns neither the page nor the user.
  expect(tiles.asked.length).toBeGreaterThan(0);
  for (const { headers } of tiles.asked) {
    expect([headers.referer, headers.cookie]).toEqual([undefined, undefined]);
  }

  for (const colorScheme of ["light", "dark"] as const) {
    for (const width of [1280, 360]) {
      await rosa.emulateMedia({ colorScheme });
      await rosa.setViewportSize({ width, height: 800 });
      const wider = await rosa.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wider).toBeLessThanOrEqual(0);
      await expectAccessible(rosa);
    }
  }

  // A marker opens a list of names and moves the focus there; closing returns it.
  const mark = marks(rosa).first();
  await mapOf(rosa).focus();
  await rosa.keyboard.press("Tab");
  await expect(mark).toBeFocused();
  await expect(mark).toHaveAccessibleName(/\w/);
  await rosa.keyboard.press("Enter");
  const names = rosa.getByRole("region", { name: /around here$/ });
  await expect(names.getByRole("heading")).toBeFocused();
  await expectAccessible(rosa);
  await rosa.keyboard.press("Escape");
  await expect(names).toBeHidden();
  await expect(mark).toBeFocused();
  await rosa.keyboard.press("Enter");
  await rosa.keyboard.press("Tab");
  await rosa.keyboard.press("Tab");
  await rosa.keyboard.press("Enter");
  await rosa.waitForURL(/\/listings\/[0-9a-f-]{36}$/);
  expect(await refused()).toEqual([]);
});

test("markers never overlap, at any zoom", async ({ newPerson }) => {
  const rosa = await newPerson();
  await rosa.emulateMedia({ reducedMotion: "reduce" });
  await enter(demo, rosa, "rosa");
  await rosa.goto(at(`${home}/browse?view=map&kind=offer`));
  await isDrawn(rosa);
  const counts: number[] = [];
  for (let presses = 0; presses < 4; presses += 1) {
    const boxes = await marks(rosa).evaluateAll((all) =>
      all.map((each) => {
        const { x, y, width } = each.getBoundingClientRect();
        return { x, y, width };
      }),
    );
    for (const [index, one] of boxes.entries()) {
      expect(one.width).toBeGreaterThanOrEqual(24);
      for (const other of boxes.slice(index + 1)) {
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(44);
      }
    }
    counts.push(boxes.length);
    await rosa.getByRole("button", { name: "Farther away" }).click();
  }
  expect(counts.at(-1)).toBeLessThan(counts[0] ?? 0);
  // The map stays open when the search is narrowed.
  await rosa.getByRole("searchbox", { name: "Look for" }).fill("bread");
  await rosa.getByRole("button", { name: "Search" }).click();
  await rosa.waitForURL(/words=bread/);
  await expect(rosa).toHaveURL(/view=map/);
});

test("a right-to-left page has its map on the correct side", async ({ newPerson }) => {
  const rosa = await newPerson();
  await enter(demo, rosa, "rosa");
  const cookie = { name: "evenhour.language", value: "ar", url: demo.baseUrl };
  await rosa.context().addCookies([cookie]);
  await rosa.goto(at(`${home}/browse?view=map`));
  await isDrawn(rosa);
  const map = rosa.locator(".leaflet-container");
  const [outer, mark] = [
    await map.boundingBox(),
    await map.getByRole("button").first().boundingBox(),
  ];
  expect(mark?.x).toBeGreaterThanOrEqual(outer?.x ?? Number.NaN);
  expect(mark?.x).toBeLessThan((outer?.x ?? 0) + (outer?.width ?? 0));
  await expectAccessible(rosa);
});

/** The displayed distance of the first listing found. */
async function distanceOf(page: Page, words: string): Promise<string | null> {
  await page.goto(at(`${home}/browse?words=${words}`));
  return page
    .getByText(/about [\d.]+ k?m away/)
    .first()
    .textContent();
}

test("choosing a neighbourhood changes the distances, and so does choosing a point on the map", async ({
  newPerson,
}) => {
  const nils = await newPerson();
  await enter(demo, nils, "nils");
  const save = async () => {
    await nils.getByRole("button", { name: "Save" }).click();
    await nils.waitForURL(/\/members\//);
  };
  const choose = async (name: string) => {
    await nils.goto(at(`${home}/profile`));
    await nils.getByLabel("My neighbourhood").selectOption(name);
    await expect(nils.getByRole("status").filter({ hasText: name })).toBeVisible();
    await save();
    await expect(nils.getByText(name).first()).toBeVisible();
    return distanceOf(nils, "injera");
  };
  const near = await choose("Lindenplatz");
  const far = await choose("Neue Höfe");
  expect(near).not.toBe(far);

  // A name that the member typed is retained, while the neighbourhood's coordinates are dropped.
  await nils.goto(at(`${home}/profile`));
  await nils.getByLabel("My neighbourhood").selectOption("Somewhere else");
  await nils.getByLabel("What it is called").fill("On the hill");
  await expect(nils.getByText("No place is set.")).toBeVisible();
  // The map is absent until requested; its centre can be chosen by keyboard.
  await expect(nils.locator(".leaflet-container")).toHaveCount(0);
  await nils.getByRole("button", { name: "Choose on the map" }).click();
  await isDrawn(nils);
  await expectAccessible(nils);
  const map = nils.getByRole("region", { name: "Map on which to choose a place" });
  await map.click({ position: { x: 60, y: 60 } });
  await expect(nils.getByText("Your place was found and rounded.")).toBeVisible();
  await expect(map.locator("path.map-cell")).toHaveCount(1);
  await nils.getByRole("button", { name: "Take the middle of the map" }).press("Enter");
  await save();
  await expect(nils.getByText("On the hill").first()).toBeVisible();
  expect(await distanceOf(nils, "injera")).not.toBe(far);
});

test("coordinators create neighbourhoods, by coordinates too", async ({ newPerson }) => {
  const amara = await newPerson();
  await enter(demo, amara, "amara");
  await amara.goto(at(`${home}/coordinate`));
  await amara.getByRole("link", { name: "Neighbourhoods" }).click();
  const refusal = amara.locator("form").getByRole("alert");
  await amara.getByLabel("Name", { exact: true }).fill("lindenplatz");
  await amara.getByRole("button", { name: "Add it" }).click();
  await expect(refusal).toContainText("Say where its middle is");
  const coordinates = amara.getByLabel("Coordinates");
  await coordinates.fill("52.49");
  await expect(amara.getByText("cannot be read yet")).toBeVisible();
  await coordinates.fill("52.49, 13.42");
  await amara.getByRole("button", { name: "Add it" }).click();
  await expect(refusal).toContainText("is called so already");
  await expectAccessible(amara);
  await amara.getByLabel("Name", { exact: true }).fill("Old gasworks");
  await amara.getByRole("button", { name: "Add it" }).click();
  const row = amara.getByRole("listitem").filter({ hasText: "Old gasworks" });
  await expect(row).toContainText("52.4907, 13.4200");

  await row.getByRole("button", { name: "Change Old gasworks" }).click();
  const changed = amara.getByRole("listitem").filter({ has: amara.getByLabel("Coordinates") });
  await changed.getByLabel("Name", { exact: true }).fill("Gasworks");
  await changed.getByRole("button", { name: "Choose on the map" }).click();
  await isDrawn(amara);
  await expectAccessible(amara);
  await changed.getByRole("button", { name: "Save" }).click();
  const renamed = amara.getByRole("listitem").filter({ hasText: "Gasworks" });
  await expect(renamed.getByRole("button", { name: "Change Gasworks" })).toBeFocused();
  await renamed.getByRole("button", { name: "Remove Gasworks" }).click();
  await renamed.getByRole("button", { name: "Yes, remove it" }).click();
  await expect(renamed).toBeHidden();
});

test("everything else works without a map", async ({ newPerson, sharedDemo: plain }) => {
  const rosa = await newPerson();
  await enter(plain, rosa, "rosa");
  const answer = await rosa.goto(`${plain.baseUrl}${home}/browse?view=map&order=near&within=3`);
  const policy = answer?.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("img-src 'self' data:;");
  await expect(rosa.getByText(/about [\d.]+ k?m away/).first()).toBeVisible();
  await expect(rosa.getByText(/map/i)).toHaveCount(0);
  await rosa.goto(`${plain.baseUrl}${home}/profile`);
  await expect(rosa.getByLabel("My neighbourhood")).toBeVisible();
  await expect(rosa.getByRole("button", { name: "Use where I am now" })).toBeVisible();
  await expect(rosa.getByText(/map/i)).toHaveCount(0);
});
