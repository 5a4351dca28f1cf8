/**
 * Finding each other and agreeing on a time, in three languages: a newcomer in Spanish on a small phone,
 * a giver in Arabic, and neighbours who compete for the same hour.
 */
import type { BrowserContext, Page } from "@playwright/test";
import { PASSWORD } from "./app";
import { admit, createCommunity, invitationOf, postOffer } from "./prepare";
import { expect, expectAccessible, test } from "./ui";
import { wordsOf } from "./words";

test.describe.configure({ mode: "serial" });

let people: (language: "en" | "es" | "ar", width?: number) => Promise<Page>;
const contexts: BrowserContext[] = [];

test.beforeAll(async ({ browser }) => {
  people = async (language, width = 1280) => {
    const locale = { en: "en-GB", es: "es-ES", ar: "ar-EG" }[language];
    const context = await browser.newContext({
      locale,
      timezoneId: "Europe/Madrid",
      viewport: { width, height: 760 },
    });
    contexts.push(context);
    return context.newPage();
  };
});

test.afterAll(async () => {
  for (const context of contexts) await context.close();
});

let community: string;
let carla: Page;
let amina: Page;
let offer: string;
/** As listings' and forms' free times are named: the first ones that were there. */
let exchange: string;

const speak = async (page: Page, language: "en" | "es" | "ar") => {
  await page.goto(`/language/${language}?from=${encodeURIComponent(community)}`);
  await expect(page.locator("html")).toHaveAttribute("lang", language);
};
const isOnly = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

test("a member publishes when she can help", async () => {
  carla = await people("en");
  community = await createCommunity(carla, "Calle Olmo");
  amina = await people("en");
  await admit(amina, { by: carla, community, name: "Amina" });
  offer = await postOffer(amina, community, "Arreglo de bicicletas");
  await amina.goto(`${community}/availability`);
  for (const day of [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
  ]) {
    await amina.getByLabel(`${day}, from`).fill("09:00");
    await amina.getByLabel(`${day}, to`).fill("12:00");
  }
  await amina.getByLabel("Time that I need for the way").selectOption("15");
  await amina.getByRole("button", { name: "Save my week" }).click();
  await expect(amina.getByText("Saved. Neighbours see your free times")).toBeVisible();
  await expectAccessible(amina);
  await speak(amina, "ar");
  await expect(amina.locator("html")).toHaveAttribute("dir", "rtl");
});

test("a newcomer in Spanish completes the first steps, searches with a typo, and proposes a free hour", async () => {
  const es = wordsOf("es");
  const lucia = await people("es", 360);
  const invitation = new URL(await invitationOf(carla, community)).pathname;
  await lucia.goto(invitation);
  await expect(lucia.locator("html")).toHaveAttribute("lang", "es");
  await lucia.goto(`/sign-up?from=${encodeURIComponent(invitation)}`);
  await expectAccessible(lucia);
  await lucia.getByLabel(es("authForm.name")).fill("Lucía");
  await lucia.getByLabel(es("authForm.email")).fill("lucia@example.org");
  await lucia.getByLabel(es("authForm.newPassword")).fill(PASSWORD);
  await lucia.getByRole("button", { name: es("authForm.signUp") }).click();
  await lucia.waitForURL(`**${invitation}`);
  await lucia
    .getByRole("button", { name: es("communityForm.join", { name: "Calle Olmo" }) })
    .click();

  // About me.
  await lucia.waitForURL(/\/start/);
  await expect(lucia.getByRole("heading", { name: es("onboarding.about") })).toBeVisible();
  await expectAccessible(lucia);
  await lucia.getByLabel(es("memberForm.about")).fill("Toco el piano y vengo de Granada.");
  await lucia.getByRole("button", { name: es("form.save") }).click();
  // An offer, from a suggestion.
  await expect(lucia.getByRole("heading", { name: es("onboarding.offer") })).toBeVisible();
  await lucia.getByText(es("onboarding.suggestions"), { exact: true }).click();
  await lucia.getByRole("link", { name: es("suggestion.offer.lessons") }).click();
  await expect(lucia.getByLabel(es("listingForm.title"))).toHaveValue(
    es("suggestion.offer.lessons"),
  );
  await expectAccessible(lucia);
  await lucia.getByRole("button", { name: es("listingForm.putUp.offer") }).click();
  // The request can be skipped, and is still there afterwards.
  await expect(lucia.getByRole("heading", { name: es("onboarding.request") })).toBeVisible();
  await lucia.getByRole("link", { name: es("onboarding.skip") }).click();
  await expect(lucia.getByText(es("onboarding.doneTitle"))).toBeVisible();
  await lucia.goto(`${community}/start`);
  await expect(lucia.getByRole("heading", { name: es("onboarding.request") })).toBeVisible();

  // The search tolerates the typo.
  await lucia.goto(`${community}/browse`);
  await lucia.getByLabel(es("listing.browse.words")).fill("arregol bicicelta");
  await lucia.getByRole("button", { name: es("listing.browse.search") }).click();
  await expect(
    lucia.getByRole("heading", { name: es("listing.browse.nearestTitle") }),
  ).toBeVisible();
  await expectAccessible(lucia);
  await lucia.getByRole("link", { name: "Arreglo de bicicletas" }).click();
  await lucia.waitForURL(`**${offer}`);

  // One of Amina's free hours.
  await expect(
    lucia.getByRole("heading", { name: es("listing.page.freeTitle", { name: "Amina" }) }),
  ).toBeVisible();
  await expectAccessible(lucia);
  expect(await isOnly(lucia)).toBe(true);
  await lucia.locator('dd a[href*="&at="]').first().click();
  await lucia.waitForURL(/\/propose\?.*at=/);
  await expect(lucia.locator("fieldset button[aria-pressed=true]")).toHaveCount(1);
  await expectAccessible(lucia);
  await lucia.getByRole("button", { name: es("exchangeForm.propose", { name: "Amina" }) }).click();
  await lucia.waitForURL(/\/exchanges\/[0-9a-f-]{36}$/);
  exchange = new URL(lucia.url()).pathname;
  await expectAccessible(lucia);
  expect(await isOnly(lucia)).toBe(true);

  // The giver answers in Arabic, from right to left.
  const ar = wordsOf("ar");
  await amina.setViewportSize({ width: 360, height: 760 });
  await amina.goto(exchange);
  await expectAccessible(amina);
  expect(await isOnly(amina)).toBe(true);
  await amina.getByRole("button", { name: ar("exchangeForm.agree") }).click();
  await expect(amina.getByText(ar("exchangeStatus.agreed"), { exact: true }).first()).toBeVisible();
  await expectAccessible(amina);
  await lucia.goto(exchange);
  await expect(lucia.getByText(es("exchangeStatus.agreed"), { exact: true }).first()).toBeVisible();

  // Both calendars contain it: as a file, and at each member's private address.
  const id = exchange.split("/").at(-1);
  for (const [page, words] of [
    [lucia, es],
    [amina, ar],
  ] as const) {
    const file = await page.request.get(`${exchange}/calendar`);
    expect(file.headers()["content-type"]).toContain("text/calendar");
    expect(file.headers()["content-security-policy"]).toContain("default-src 'none'");
    expect(await file.text()).toContain(`UID:${id}@evenhour`);
    await page.goto("/settings");
    await page.getByRole("button", { name: words("authForm.calendar.make") }).click();
    const address = page.getByLabel(words("authForm.calendar.address"));
    await expect(address).toBeVisible();
    const feed = await (await people("en")).request.get(await address.inputValue());
    const text = await feed.text();
    expect(text).toContain(`UID:${id}@evenhour`);
    expect(text).toContain("STATUS:CONFIRMED");
  }
});

test("a proposal for an hour that is taken is sent, and only the giver sees that it is taken", async () => {
  const [rosa, karim] = [await people("en"), await people("en")];
  await admit(rosa, { by: carla, community, name: "Rosa" });
  await admit(karim, { by: carla, community, name: "Karim" });
  // Both have the form open with the same hour. Lucía takes it first, which they do not see.
  await rosa.goto(offer);
  const hour = (await rosa.locator('dd a[href*="&at="]').nth(-4).getAttribute("href")) ?? "";
  for (const page of [rosa, karim]) {
    await page.goto(hour);
    await expect(page.locator("fieldset button[aria-pressed=true]")).toHaveCount(1);
  }
  await rosa.getByRole("button", { name: "Send to Amina" }).click();
  await rosa.waitForURL(/\/exchanges\//);
  await speak(amina, "en");
  await amina.goto(new URL(rosa.url()).pathname);
  await amina.getByRole("button", { name: "Yes, I agree" }).click();
  await expect(amina.getByRole("heading", { name: /^Agreed\./ })).toBeVisible();

  await karim.getByRole("button", { name: "Send to Amina" }).click();
  await karim.waitForURL(/\/exchanges\//);
  await expect(karim.getByText("This time has gone")).toHaveCount(0);
  await amina.goto(new URL(karim.url()).pathname);
  await expect(amina.getByText("This time has gone")).toBeVisible();
  await expect(amina.getByRole("button", { name: "Yes, I agree" })).toHaveCount(0);
  await expectAccessible(amina);
});

test("the second of two acceptances for one hour is refused with the reason, and the other side counters", async () => {
  const [ines, paul] = [await people("en"), await people("en")];
  await admit(ines, { by: carla, community, name: "Ines" });
  await admit(paul, { by: carla, community, name: "Paul" });
  await ines.goto(offer);
  const hour = (await ines.locator('dd a[href*="&at="]').last().getAttribute("href")) ?? "";
  const paths: string[] = [];
  for (const page of [ines, paul]) {
    await page.goto(hour);
    await page.getByRole("button", { name: "Send to Amina" }).click();
    await page.waitForURL(/\/exchanges\//);
    paths.push(new URL(page.url()).pathname);
  }
  // Amina has both open in two tabs.
  const second = await amina.context().newPage();
  await amina.goto(paths[0] ?? "");
  await second.goto(paths[1] ?? "");
  const yes = (page: Page) => page.getByRole("button", { name: "Yes, I agree" });
  await expect(yes(second)).toBeEnabled();
  await yes(amina).click();
  await expect(amina.getByRole("heading", { name: /^Agreed\./ })).toBeVisible();
  await yes(second).click();
  await expect(second.getByText("This time has gone")).toBeVisible();
  await second.getByText("Suggest something else", { exact: true }).click();
  await expect(second.getByText("Your free times")).toBeVisible();
  await expectAccessible(second);

  // Paul does not learn where Amina is at that time, and proposes another hour.
  await paul.goto(paths[1] ?? "");
  await expect(paul.getByText("This time has gone")).toHaveCount(0);
  await paul.getByText("Suggest something else", { exact: true }).click();
  await expect(paul.getByText("Free times of Amina")).toBeVisible();
  await paul.locator("fieldset button[aria-pressed]").nth(3).click();
  await paul.getByRole("button", { name: "Suggest this to Amina" }).click();
  await expect(paul.getByText(/^You suggested/).first()).toBeVisible();
  await second.reload();
  await yes(second).click();
  await expect(second.getByRole("heading", { name: /^Agreed\./ })).toBeVisible();
});
