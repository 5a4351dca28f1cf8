/** What the first members of a new community see, on an installation without a mail server. */
import type { Browser, Page } from "@playwright/test";
import { Client } from "pg";
import { agree, invite, offerSkill, PASSWORD, recordHelp, report, suggestInstead } from "./app";
import { admit, createCommunity, postOffer, propose } from "./prepare";
import { readState } from "./state";
import { dayFromNow, expect, open, test } from "./ui";

let carla: Page;
let community: string;

const someone = async (browser: Browser) =>
  (await browser.newContext({ locale: "en-GB" })).newPage();

test.beforeAll(async ({ browser }) => {
  carla = await someone(browser);
  community = await createCommunity(carla, "Ash Street");
});

test.afterAll(() => carla?.context().close());

test("an invitation is shown with a warning, and survives a change of language", async ({
  browser,
}) => {
  const { pathname } = new URL(await invite(carla, community));
  await expect(carla.getByText("Only this computer can open this link")).toBeVisible();
  const karim = await someone(browser);
  await open(karim, pathname);
  for (const [name, language] of [
    ["العربية", "ar"],
    ["English", "en"],
  ]) {
    await karim.getByRole("link", { name }).click();
    await expect(karim.locator("html")).toHaveAttribute("lang", language ?? "");
    await expect(karim).toHaveURL(pathname);
  }
  await open(karim, `/join${community}`);
  await expect(karim.getByRole("heading", { level: 1 })).toHaveText("You need an invitation");
});

test("a coordinator says who runs the community, and the invited read it before they join", async ({
  browser,
}) => {
  const { pathname } = new URL(await invite(carla, community));
  const sam = await someone(browser);
  await open(sam, pathname);
  await sam.getByRole("link", { name: "Privacy" }).click();
  await expect(sam.getByText("Nobody is named yet")).toBeVisible();
  await expect(sam.getByText(/after 30 days without a visit, and after 90 days/)).toBeVisible();

  await open(carla, community);
  await carla.getByRole("link", { name: "Fill it in: two minutes" }).click();
  const addition = carla.getByLabel("Anything else people should know about their data?");
  await addition.fill("We print the list.\n\n<b>Twice</b> a year.");
  await carla.getByLabel("Who is responsible?").fill("Friends of Ash Street");
  await carla.getByRole("button", { name: "Save" }).click();
  await expect(carla.getByRole("alert").first()).toContainText("Nothing was sent");
  await expect(carla.getByLabel("Postal address")).toHaveAccessibleDescription(
    /Please fill this in/,
  );
  await expect(addition).toHaveValue("We print the list.\n\n<b>Twice</b> a year.");
  await carla.getByLabel("Postal address").fill("Ash Street 1\n12345 Town");
  await carla.getByLabel("How to reach them").fill("hello@example.org");
  await carla.getByRole("button", { name: "Save" }).click();
  await carla.waitForURL(`**${community}/privacy`);
  await expect(carla.getByText("Version 1. Changed on")).toBeVisible();
  await open(carla, community);
  await expect(carla.getByRole("link", { name: "Fill it in: two minutes" })).toHaveCount(0);

  await sam.reload();
  await expect(sam.getByText("Friends of Ash Street")).toBeVisible();
  await expect(sam.getByText("<b>Twice</b> a year.")).toBeVisible();
  await sam.getByRole("link", { name: "العربية" }).click();
  await expect(sam.locator("html")).toHaveAttribute("lang", "ar");
  await expect(sam.getByText("Friends of Ash Street")).toBeVisible();
  await sam.getByRole("link", { name: "English" }).click();
  await sam.getByRole("link", { name: "Imprint" }).click();
  await expect(sam.getByText("12345 Town")).toBeVisible();
  await sam.getByRole("link", { name: "Back to the invitation" }).click();
  await sam.getByRole("link", { name: "I am new here" }).click();
  await expect(sam.getByRole("link", { name: "Imprint" })).toBeVisible();
});

test("signing in loads a new document, and then the site's root opens the member's community", async ({
  browser,
}) => {
  const email = await admit(await someone(browser), { by: carla, community, name: "Zora" });
  const page = await someone(browser);
  await open(page, "/sign-in");
  // A font that loaded too late for one document would not be used on the next page within it.
  await page.evaluate(() => Object.assign(window, { isSignInPage: true }));
  await page.getByLabel("E-mail address").first().fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL(`**${community}`);
  expect(await page.evaluate(() => "isSignInPage" in window)).toBe(false);
  await page.goto("/");
  await expect(page).toHaveURL(community);
});

test("the private address of a calendar can be copied", async () => {
  await open(carla, "/settings");
  await carla.getByRole("button", { name: "Make an address" }).click();
  await expect(carla.getByLabel("Your private address")).toHaveValue(/\.ics$/);
  await expect(carla.getByRole("button", { name: "Copy the link" })).toBeVisible();
});

test("a new listing is confirmed, and home knows that the only listing is one's own", async () => {
  await open(carla, community);
  await expect(carla.getByText("Nobody has put anything up yet.")).toBeVisible();
  await offerSkill(carla, community, "Mend a bicycle");
  await expect(carla.getByRole("status").filter({ hasText: "on the board now" })).toBeFocused();
  await open(carla, community);
  await expect(carla.getByText("Nobody else has put anything up yet.")).toBeVisible();
});

test("a submitted form is collapsed or empty, and has no preselected answers", async ({
  browser,
}) => {
  const karim = await someone(browser);
  await admit(karim, { by: carla, community, name: "Karim" });
  const offer = await postOffer(carla, community, "Sharpen knives");
  const exchange = await propose(karim, offer, { minutes: 60 });
  await suggestInstead(carla, exchange, 90);
  await expect(carla.locator("details[open]")).toHaveCount(0);
  await agree(karim, exchange);
  await report(carla, exchange, 90);
  await expect(carla.getByText("Correct what I reported")).toBeVisible();
  await expect(carla.locator("details[open]")).toHaveCount(0);

  const note = carla.getByLabel("Write a note");
  await note.fill("It was a pleasure.");
  await carla.getByRole("button", { name: "Send the note" }).click();
  await expect(carla.getByText("It was a pleasure.").first()).toBeVisible();
  await expect(note).toHaveValue("");
  await expect(note).toBeFocused();

  await open(karim, `${community}/record`);
  await expect(karim.locator('input[name="mySide"]')).toHaveCount(2);
  await expect(karim.locator('input[name="mySide"]:checked')).toHaveCount(0);
});

test("a form for repeated entries is empty after submission, and has the focus", async () => {
  await carla.goto(`${community}/availability`);
  const firstDay = carla.getByLabel("First day");
  await firstDay.fill(dayFromNow(5));
  await carla.getByRole("button", { name: "Add these days" }).click();
  await expect(firstDay).toHaveValue("");
  await expect(firstDay).toBeFocused();

  await carla.goto(`${community}/coordinate/neighbourhoods`);
  const name = carla.locator('input[name="name"]');
  await name.fill("Old town");
  await carla
    .getByLabel(/coordinates/i)
    .first()
    .fill("40.417, -3.703");
  await carla.locator('form button[type="submit"]').last().click();
  await expect(carla.getByText("Old town").first()).toBeVisible();
  await expect(name).toHaveValue("");
  await expect(name).toBeFocused();
});

test("a dispute appears on the coordinator's home and in the header, and its page leads back", async ({
  browser,
}) => {
  const [ines, omar] = [await someone(browser), await someone(browser)];
  await admit(ines, { by: carla, community, name: "Ines" });
  await admit(omar, { by: carla, community, name: "Omar" });
  const help = { withName: "Omar", mySide: "giver" as const, title: "Read a letter", minutes: 30 };
  const exchange = await recordHelp(ines, community, help);
  await open(omar, exchange);
  await omar.locator("summary", { hasText: "No, it was different" }).click();
  await omar.getByRole("button", { name: "Ask a coordinator to help" }).click();
  await expect(omar.getByRole("heading", { name: /remember this differently/ })).toBeVisible();

  await open(carla, community);
  await expect(carla.getByText("1 exchange needs a coordinator’s decision.")).toBeVisible();
  const inHeader = carla.getByRole("banner").getByRole("link", { name: /^Coordinate/ });
  await expect(inHeader).toHaveAccessibleName(/1 needs your decision/);
  await inHeader.click();
  await expect(inHeader).toHaveAttribute("aria-current", "page");
  await carla.getByRole("link", { name: "Read a letter" }).click();
  await expect(carla.getByRole("heading", { level: 1, name: "Read a letter" })).toBeVisible();
  const back = carla.getByRole("main").getByRole("link").first();
  await expect(back).toHaveText("Coordinate");
});

test("the member named in a link is selected, even beyond the length of the list", async () => {
  const client = new Client({ connectionString: readState().databaseUrl });
  await client.connect();
  await client.query(
    `WITH here AS (SELECT id FROM community WHERE slug = $1),
       someone AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, 520) AS n),
       opened AS (INSERT INTO account (community_id, id, kind)
         SELECT here.id, someone.id, 'member' FROM here, someone)
     INSERT INTO member (community_id, id, number, status, display_name, role, about, languages,
       neighbourhood, contact, joined_at)
     SELECT here.id, someone.id, 100 + n, 'active', 'Zoe ' || 1000 + n, 'member', '', '{}', '', '',
       now() FROM here, someone`,
    [community.slice(1)],
  );
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM member WHERE display_name = 'Zoe 1520'",
  );
  await client.end();
  const id = rows[0]?.id ?? "";
  await open(carla, `${community}/record?to=${id}`);
  await expect(carla.getByLabel("With whom?")).toHaveValue(id);
  await expect(carla.getByText("The list below does not hold everybody.")).toBeVisible();
});
