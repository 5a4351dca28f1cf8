/**
 * Every page with texts that are hard to lay out, on the narrowest phone and at 200 % text size: nothing is
 * cut off, overlaps or scrolls sideways, every text is drawn in its own direction, and axe finds no
 * violation. Each page is loaded once per language, and axe runs on one of these loads.
 */
import { mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Page } from "@playwright/test";
import { type InterfaceLanguage, interfaceLanguages } from "../domain/kernel/languages";
import { type Demo, enter, startDemo } from "./demo";
import { type Fault, type FaultKind, findDirections, findFaults } from "./layout-faults";
import { pagesOfAll, type Reader, readers } from "./readers";
import { expect, expectAccessible, test } from "./ui";
import { MIXED, PHONES, writeUnrulyTexts } from "./unruly-texts";

/** A folder for screenshots of every page, to be looked at. */
const SHOTS = process.env.EVENHOUR_SHOTS;
/** For the long run. */
const EVERY_LOOK = Boolean(process.env.EVENHOUR_EVERY_LOOK);

// The service worker's cache is tested elsewhere.
test.use({ screenshot: "off", serviceWorkers: "block" });

let demo: Demo;
let pages: Awaited<ReturnType<typeof pagesOfAll>>;

test.beforeAll(async () => {
  demo = await startDemo();
  pages = await pagesOfAll(demo);
  await writeUnrulyTexts(demo.databaseUrl);
});

test.afterAll(() => demo?.stop());

test("every page of app/ is visited", () => {
  const paths = Object.values(pages).flatMap((some) =>
    Object.values(some).map((path) => path.split("?")[0] ?? ""),
  );
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
    return !paths.some((path) => new RegExp(`^${pattern || "/"}$`).test(path));
  });
  expect(missing).toEqual([]);
});

// 200 % of the page's own text size (WCAG 2.2, 1.4.4).
const TWICE = "html { font-size: 225% !important; }";
type Size = { name: string; width: number; css: string; kinds?: FaultKind[] };
/** The smallest phone, and 200 % text size on a phone and on a screen of 1280 px. */
const sizes: Size[] = [
  { name: "320 px", width: 320, css: "" },
  // Most phones: a layout can fit at 320 px, where it wraps, and not here.
  { name: "360 px", width: 360, css: "", kinds: ["sideways"] },
  { name: "360 px, 200 %", width: 360, css: TWICE },
  // The other kinds of fault matter on phones.
  { name: "640 px, 200 %", width: 640, css: TWICE, kinds: ["sideways", "cut off"] },
];

type Look = { width: number; colorScheme: "light" | "dark" };
const looks: Look[] = [
  { width: 320, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
  { width: 320, colorScheme: "dark" },
  { width: 1280, colorScheme: "light" },
];

/** The long run loads every page in every language, and runs axe in every look. */
const languages: InterfaceLanguage[] = EVERY_LOOK ? [...interfaceLanguages] : ["en", "ar"];

/** The states of an exchange differ in layout, but consist of the same parts. */
const isState = (name: string) => name.startsWith("exchange-");

/** Whether it is this language's turn: what is checked in one language alternates between the two. */
const isTurn = (index: number, language: InterfaceLanguage) =>
  EVERY_LOOK || (index % 2 === 0) === (language === "en");

/** The looks for axe. Each page has one, in turn; every second page has it in Arabic. */
function looksOf(index: number, name: string, language: InterfaceLanguage): Look[] {
  if (EVERY_LOOK) return looks;
  if (isState(name) || !isTurn(index, language)) return [];
  const look = looks[(index >> 1) % looks.length];
  return look ? [look] : [];
}

for (const language of languages) {
  for (const reader of readers) {
    test(`no page of ${reader} has a fault of layout, direction or accessibility (${language})`, async ({
      newPerson,
    }) => {
      const first = await newPerson();
      if (reader !== "nobody") await enter(demo, first, reader);
      const cookie = { name: "evenhour.language", value: language, url: demo.baseUrl };
      await first.context().addCookies([cookie]);
      let texts = 0;
      // One tab: a second one is in the background, where nothing is drawn and no transition ends.
      for (const [index, [name, path]] of Object.entries(pages[reader]).entries()) {
        if (isState(name) && !isTurn(index, language)) continue;
        await load(first, path, { reader, language });
        const picture = `${reader}-${name}-${language}`;
        for (const look of looksOf(index, name, language)) {
          await lookAt(first, path, look);
          await shoot(first, `${picture}-${look.width}-${look.colorScheme}`);
        }
        await first.emulateMedia({ colorScheme: "light" });
        await measure(first, path, picture);
        texts += await readDirections(first, path);
      }
      // Otherwise the check of directions could not fail.
      if (reader === "rosa") expect(texts).toBeGreaterThan(100);
    });
  }
}

async function measure(page: Page, path: string, picture: string) {
  for (const { name, width, css, kinds } of sizes) {
    await page.setViewportSize({ width, height: 740 });
    await page.evaluate(setStyle, css);
    await page.evaluate(drawn);
    const found: Fault[] = await page.evaluate(findFaults);
    const faults = kinds ? found.filter(({ kind }) => kinds.includes(kind)) : found;
    const said = faults.map(({ kind, what }) => `${kind}: ${what}`);
    expect.soft(said, `${path}, ${name}`).toEqual([]);
    await shoot(page, `${picture}-${width}${css ? "-200" : ""}`);
  }
}

/** @returns the number of checked texts with a direction of their own */
async function readDirections(page: Page, path: string): Promise<number> {
  // Wide enough that no line wraps.
  await page.setViewportSize({ width: 2400, height: 1000 });
  await page.evaluate(setStyle, `${TWICE} * { white-space: pre !important; }`);
  const { wrong, seen } = await page.evaluate(findDirections, {
    lines: Object.values(MIXED).flat(),
    phones: PHONES,
  });
  expect.soft(wrong, `directions of ${path}`).toEqual([]);
  return seen;
}

test("the layout check finds what is too wide and what is cut off", async ({ newPerson }) => {
  const rosa = await newPerson();
  await enter(demo, rosa, "rosa");
  await load(rosa, pages.rosa.home ?? "", { reader: "rosa", language: "en" });
  const spoilt =
    "main h1 { white-space: nowrap; overflow: hidden; width: 3rem; } main::after { content: ''; display: block; width: 900px; height: 1px; }";
  await rosa.evaluate(setStyle, TWICE + spoilt);
  const kinds = (await rosa.evaluate(findFaults)).map(({ kind }) => kind);
  expect(kinds).toContain("sideways");
  expect(kinds).toContain("cut off");
});

async function load(
  page: Page,
  path: string,
  { reader, language }: { reader: Reader; language: InterfaceLanguage },
) {
  await page.setViewportSize({ width: 320, height: 740 });
  const answer = await page.goto(`${demo.baseUrl}${path}`);
  const status = answer?.status() ?? 500;
  // A page of an invalid link answers 404 with its own contents.
  if (reader === "nobody") expect(status, path).toBeLessThan(500);
  else expect(status, path).toBe(200);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", language);
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    return document.fonts.ready;
  });
}

async function lookAt(page: Page, path: string, { width, colorScheme }: Look) {
  await page.setViewportSize({ width, height: 800 });
  // A colour in transition between two themes has an arbitrary contrast.
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.evaluate(drawn);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(wider, `${path} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
  await expectAccessible(page);
}

/** In the page: resolves once what has changed is drawn. */
const drawn = () =>
  new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())));

/** In the page: replaces our injected style sheet. */
function setStyle(css: string) {
  const ours = document.querySelector("style[data-sweep]") ?? document.createElement("style");
  ours.setAttribute("data-sweep", "");
  ours.textContent = css;
  document.head.append(ours);
}

async function shoot(page: Page, name: string) {
  if (!SHOTS) return;
  mkdirSync(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true });
}
