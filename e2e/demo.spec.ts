/** Every page of the demo, as a busy member and as a coordinator, in every language and theme. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { interfaceLanguages } from "../server/domain/community";
import { callerOn, openSession } from "./api";
import {
  coordinating,
  type Demo,
  emailOf,
  enter,
  home,
  PASSWORD,
  pagesOf,
  startDemo,
} from "./demo";
import { expect, expectAccessible, test } from "./ui";

/** Set to keep a picture of every page, for people to look at. */
const SHOTS = process.env.EVENHOUR_SHOTS;

let demo: Demo;

test.beforeAll(async () => {
  demo = await startDemo();
});

test.afterAll(() => demo?.stop());

type Look = { width: number; colorScheme: "light" | "dark" };

const looks: Look[] = [
  { width: 1280, colorScheme: "light" },
  { width: 320, colorScheme: "dark" },
  { width: 1280, colorScheme: "dark" },
  { width: 320, colorScheme: "light" },
];

/**
 * Each page in each language, in a look that changes with both: three of the four looks of a page are
 * checked, so it is seen in light and in dark, on a phone and at a desk. All of them for pictures.
 */
async function visit(page: Page, pages: Record<string, string>, who: string) {
  for (const [turn, language] of interfaceLanguages.entries()) {
    const cookie = { name: "evenhour.language", value: language, url: demo.baseUrl };
    await page.context().addCookies([cookie]);
    for (const [index, [name, path]] of Object.entries(pages).entries()) {
      const answer = await page.goto(`${demo.baseUrl}${path}`);
      expect([path, answer?.status()]).toEqual([path, 200]);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      const look = looks[(index + turn) % looks.length];
      for (const seen of SHOTS ? looks : look ? [look] : []) {
        await lookAt(page, path, seen);
        await expectAccessible(page);
        if (SHOTS) await keepPicture(page, `${who}-${name}-${language}`, seen);
      }
    }
  }
}

async function lookAt(page: Page, path: string, { width, colorScheme }: Look) {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wider, `${path} scrolls sideways at ${width} px`).toBeLessThanOrEqual(0);
}

async function keepPicture(page: Page, name: string, { width, colorScheme }: Look) {
  mkdirSync(SHOTS ?? "", { recursive: true });
  const file = `${name}-${width}-${colorScheme}.png`;
  await page.screenshot({ path: join(SHOTS ?? "", file), fullPage: true });
}

test("no page has a violation, in any language, in light or dark, on a phone or a desk", async ({
  newPerson,
}) => {
  const rosa = await newPerson();
  await enter(demo, rosa, "rosa");
  await visit(rosa, await pagesOf(demo, rosa.request), "rosa");
  const amara = await newPerson();
  await enter(demo, amara, "amara");
  await visit(amara, coordinating, "amara");
  const nils = await newPerson();
  await enter(demo, nils, "nils");
  const empty = ["", "/exchanges", "/account", "/my-listings"].map((path) => [
    path,
    `${home}${path}`,
  ]);
  await visit(nils, Object.fromEntries(empty), "nils");
});

test("a sign-in link from the letter box works once", async ({ newPerson }) => {
  const nils = await newPerson();
  await nils.goto(`${demo.baseUrl}/sign-in`);
  const byLink = nils
    .locator("form")
    .filter({ has: nils.getByRole("button", { name: "Send me a link" }) });
  await byLink.getByLabel("E-mail address").fill(emailOf("nils"));
  await byLink.getByRole("button", { name: "Send me a link" }).click();
  await expect(nils.getByText("a link is on its way")).toBeVisible();
  await nils.goto(`${demo.baseUrl}/mailbox`);
  const path = (await nils.locator('a[href*="/link/"]').first().getAttribute("href")) ?? "";
  const link = new URL(path, demo.baseUrl).href;
  await nils.goto(link);
  await expectAccessible(nils);
  await nils.getByRole("button", { name: "Sign in" }).click();
  await nils.waitForURL("**/lindenhof");
  const other = await newPerson();
  await other.goto(link);
  await other.getByRole("button", { name: "Sign in" }).click();
  await expect(other.getByRole("alert").first()).toContainText("does not work any more");
});

test("a photo is chosen, seen by a neighbour, and taken down again", async ({ newPerson }) => {
  const rosa = await newPerson();
  await enter(demo, rosa, "rosa");
  await rosa.goto(`${demo.baseUrl}${home}/profile`);
  const file = rosa.getByLabel(/^Choose (a|another) photo/);
  const use = rosa.getByRole("button", { name: "Use this photo" });
  await file.setInputFiles({
    ...{ name: "rosa.png", mimeType: "image/png" },
    buffer: Buffer.from("no picture"),
  });
  await use.click();
  await expect(rosa.getByRole("alert").first()).toContainText("photo");
  await file.setInputFiles("app/apple-icon.png");
  await expect(rosa.getByAltText("The photo that you chose")).toBeVisible();
  await use.click();
  await expect(rosa.getByText("Your photo is up.")).toBeVisible();
  await expectLoaded(rosa.getByAltText("The present photo"));
  await expectAccessible(rosa);

  const nils = await newPerson();
  await enter(demo, nils, "nils");
  await nils.goto(`${demo.baseUrl}${home}/members?words=rosa`);
  await nils.getByRole("link", { name: /^Rosa/ }).first().click();
  await expect(nils.getByRole("heading", { level: 1 })).toContainText("Rosa");
  const seen = nils.locator('main img[src*="/api/photos/"]').first();
  await expectLoaded(seen);
  const src = (await seen.getAttribute("src")) ?? "";
  const address = new URL(src, demo.baseUrl).href;

  await rosa.getByRole("button", { name: "Take the photo down" }).click();
  await rosa.getByRole("button", { name: "Yes, delete it" }).click();
  await expect(rosa.getByAltText("The present photo")).toHaveCount(0);
  expect((await nils.request.get(address)).status()).toBe(404);
  await nils.reload();
  await expect(nils.getByRole("heading", { level: 1 })).toContainText("Rosa");
  // Those of her listings stay.
  await expect(nils.locator(`main img[src="${src}"]`)).toHaveCount(0);
});

test("a new address of e-mail counts once its own link was used", async ({ newPerson }) => {
  const [old, fresh] = [emailOf("wanda"), emailOf("wanda.new")];
  const wanda = await newPerson();
  const account = { email: old, password: PASSWORD };
  await callerOn(wanda.request, demo.baseUrl).send("person.signUp", { ...account, name: "Wanda" });
  await openSession(wanda.request, demo.baseUrl, account);
  await wanda.goto(`${demo.baseUrl}/settings`);
  const change = { name: "Change the address" };
  const form = wanda.locator("form").filter({ has: wanda.getByRole("button", change) });
  await form.getByLabel("New e-mail address").fill(fresh);
  await form.getByLabel("Present password").fill("not this one");
  await form.getByRole("button", change).click();
  await expect(form.getByText("This is not your present password.").first()).toBeVisible();
  await expect(form.getByLabel("New e-mail address")).toHaveValue(fresh);
  await form.getByLabel("Present password").fill(PASSWORD);
  await form.getByRole("button", change).click();
  await expect(form.getByText(`on its way to ${fresh}`)).toBeVisible();
  await wanda.goto(`${demo.baseUrl}/mailbox`);
  const letter = wanda.getByRole("article").filter({ hasText: "Your new address for Evenhour" });
  const path = (await letter.getByRole("link").first().getAttribute("href")) ?? "";
  const link = new URL(path, demo.baseUrl).href;

  // Whoever comes by the link signs in first, and finds nothing to use.
  const rosa = await newPerson();
  await enter(demo, rosa, "rosa");
  await rosa.goto(link);
  await expect(rosa.getByRole("heading", { level: 1 })).toHaveText(
    "This link does not work any more",
  );
  await wanda.goto(link);
  await expect(wanda.getByText(`From now on you sign in with ${fresh}`)).toBeVisible();
  await expectAccessible(wanda);
  await wanda.getByRole("button", { name: "Use this address" }).click();
  await wanda.waitForURL("**/settings");
  await expect(wanda.getByText(fresh)).toBeVisible();

  await wanda.goto(`${demo.baseUrl}/mailbox`);
  const told = wanda
    .getByRole("article")
    .filter({ hasText: "Your address for Evenhour has changed" });
  await expect(told.getByText(old)).toBeVisible();
  const phone = await newPerson();
  await phone.goto(link);
  await phone.waitForURL("**/sign-in**");
  await phone.getByLabel("E-mail address").first().fill(fresh);
  await phone.getByLabel("Password").fill(PASSWORD);
  await phone.getByRole("button", { name: "Sign in" }).click();
  await expect(phone.getByRole("heading", { level: 1 })).toHaveText(
    "This link does not work any more",
  );
});

/** The picture is there, and not only its frame. */
const expectLoaded = (picture: Locator) =>
  expect
    .poll(() => picture.evaluate((shown: HTMLImageElement) => shown.complete && shown.naturalWidth))
    .toBeGreaterThan(0);
