/**
 * Every page with texts that are hard to lay out, on the narrowest phone and with letters twice as
 * large, in English and Arabic: nothing is cut off, nothing overlaps, nothing scrolls sideways, and
 * every text is drawn in its own direction.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { type Demo, enter, startDemo } from "./demo";
import { type Fault, findDirections, findFaults } from "./layout-faults";
import { layoutPages, type Reader } from "./layout-pages";
import { expect, test } from "./ui";
import { MIXED, PHONES, writeUnrulyTexts } from "./unruly-texts";

/** Set to keep a picture of every page, for people to look at. */
const SHOTS = process.env.EVENHOUR_SHOTS;

test.use({ screenshot: "off" });

let demo: Demo;
/** The pages of each reader, by a name: paths. */
let pages: Awaited<ReturnType<typeof layoutPages>>;

test.beforeAll(async () => {
  demo = await startDemo();
  pages = await layoutPages(demo);
  await writeUnrulyTexts(demo.databaseUrl);
});

test.afterAll(() => demo?.stop());

const allPaths = () =>
  Object.values(pages).flatMap((some) => Object.values(some).map((path) => path.split("?")[0]));

test("every page of app/ is among those that are measured", () => {
  const folders = readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => dirname(file));
  expect(folders.length).toBeGreaterThan(30);
  const missing = folders.filter((folder) => {
    const pattern = `/${folder}`
      .replace(/\/\([^)]*\)/g, "")
      .replace(/\/\[\[\.\.\.\w+\]\]/g, "(/.*)?")
      .replace(/\[\w+\]/g, "[^/]+");
    return !allPaths().some((path) => new RegExp(`^${pattern || "/"}$`).test(path ?? ""));
  });
  expect(missing).toEqual([]);
});

type Look = { name: string; width: number; css: string };
const looks: Look[] = [
  { name: "320 px", width: 320, css: "" },
  // Twice what the page has by itself (WCAG 2.2, 1.4.4).
  { name: "360 px, 200 %", width: 360, css: "html { font-size: 225% !important; }" },
];

type Found = Fault & { page: string };

/** Says how many pages were measured, and how many have each kind of fault. */
function sumUp(measured: number, found: readonly Found[], what: string) {
  const pagesWith = new Map<string, Set<string>>();
  for (const { kind, page } of found) {
    pagesWith.set(kind, (pagesWith.get(kind) ?? new Set()).add(page));
  }
  const kinds = [...pagesWith].map(
    ([kind, some]) =>
      `${kind}: ${found.filter((each) => each.kind === kind).length} on ${some.size}`,
  );
  console.log(`${what}: ${measured} pages measured; ${kinds.join("; ") || "no faults"}`);
}

for (const language of ["en", "ar"]) {
  test(`nothing is cut off, overlaps or scrolls sideways, and each text has its direction (${language})`, async ({
    newPerson,
  }) => {
    const found: Found[] = [];
    const turned: string[] = [];
    let measured = 0;
    let drawn = 0;
    for (const reader of Object.keys(pages) as Reader[]) {
      const page = await newPerson();
      if (reader !== "nobody") await enter(demo, page, reader);
      const cookie = { name: "evenhour.language", value: language, url: demo.baseUrl };
      await page.context().addCookies([cookie]);
      for (const [of, path] of Object.entries(pages[reader])) {
        await open(page, path, language);
        for (const look of looks) {
          await page.setViewportSize({ width: look.width, height: 740 });
          if (look.css) await page.addStyleTag({ content: look.css });
          measured += 1;
          const where = `${reader}-${of} (${language}, ${look.name})`;
          for (const fault of await page.evaluate(findFaults))
            found.push({ ...fault, page: where });
          await shoot(page, `${reader}-${of}-${language}-${look.width}`);
        }
        // Room enough for every line.
        await page.setViewportSize({ width: 2400, height: 1000 });
        await page.addStyleTag({ content: "* { white-space: pre !important; }" });
        const { wrong, seen } = await page.evaluate(findDirections, {
          lines: Object.values(MIXED).flat(),
          phones: PHONES,
        });
        drawn += seen;
        turned.push(...wrong.map((each) => `${reader}-${of} (${language}): ${each}`));
      }
    }
    sumUp(measured, found, `Layout in ${language}`);
    console.log(`Direction in ${language}: ${drawn} texts seen, ${turned.length} drawn wrongly`);
    expect(drawn).toBeGreaterThan(100);
    expect(found.map(({ page, kind, what }) => `${page}: ${kind}: ${what}`)).toEqual([]);
    expect(turned).toEqual([]);
  });
}

async function open(page: Page, path: string, language: string) {
  await page.setViewportSize({ width: 320, height: 740 });
  const answer = await page.goto(`${demo.baseUrl}${path}`);
  expect(answer?.status() ?? 500, path).toBeLessThan(500);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    return document.fonts.ready;
  });
}

async function shoot(page: Page, name: string) {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}
