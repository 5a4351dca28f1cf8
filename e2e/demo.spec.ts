/** Sign-in links, photos and a change of e-mail address, in the demo. */
import type { Locator } from "@playwright/test";
import { callerOn, openSession } from "./api";
import { type Demo, emailOf, enter, home, PASSWORD } from "./demo";
import { expect, expectAccessible, test } from "./ui";

let demo: Demo;

test.beforeAll(({ sharedDemo }) => {
  demo = sharedDemo;
});

test("a sign-in link from the mailbox works once", async ({ newPerson }) => {
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

test("a member adds a photo, a neighbour sees it, and the member deletes it", async ({
  newPerson,
}) => {
  const rosa = await newPerson();
  await enter(demo, rosa, "rosa");
  await rosa.goto(`${demo.baseUrl}${home}/profile`);
  const file = rosa.getByLabel(/^Choose (a|another) photo/);
  const use = rosa.getByRole("button", { name: "Use this photo" });
  await file.setInputFiles({
    name: "rosa.png",
    mimeType: "image/png",
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
  // The photos of her listings stay.
  await expect(nils.locator(`main img[src="${src}"]`)).toHaveCount(0);
});

test("a new e-mail address takes effect only when its own link is used", async ({ newPerson }) => {
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
  const email = wanda.getByRole("article").filter({ hasText: "Your new address for Evenhour" });
  const path = (await email.getByRole("link").first().getAttribute("href")) ?? "";
  const link = new URL(path, demo.baseUrl).href;

  // Another user who opens the link has to sign in first, and finds it invalid.
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
  const notification = wanda
    .getByRole("article")
    .filter({ hasText: "Your address for Evenhour has changed" });
  await expect(notification.getByText(old)).toBeVisible();
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

/** Checks that the picture has loaded, not only its frame. */
const expectLoaded = (picture: Locator) =>
  expect
    .poll(() => picture.evaluate((shown: HTMLImageElement) => shown.complete && shown.naturalWidth))
    .toBeGreaterThan(0);
