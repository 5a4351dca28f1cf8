/** The product's main actions, as users take them in the browser. */
import type { Locator, Page } from "@playwright/test";
import { Client } from "pg";
import { readState } from "./state";
import { chooseMinutes, dayFromNow, expect, open } from "./ui";

export const PASSWORD = "three odd words";

/** The address of the first coordinator, who claims the installation. */
export const FOUNDER_EMAIL = "carla@example.org";

let counter = 0;
/** An address not yet used in this run. */
export const newEmail = (name: string): string => {
  counter += 1;
  return `${name.toLowerCase()}-${process.pid}-${counter}@example.org`;
};

/** Signs up and stays signed in. */
export async function signUp(page: Page, name: string, from = "/communities"): Promise<string> {
  const email = newEmail(name);
  await open(page, `/sign-up?from=${encodeURIComponent(from)}`);
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Join in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-up");
  return email;
}

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await open(page, "/sign-in");
  await page.getByLabel("E-mail address").first().fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

/** Fills in the form that claims an empty installation. */
export async function setUp(page: Page, link: string, community: string): Promise<void> {
  await open(page, link);
  await page.getByLabel("Name of the community").fill(community);
  await page.getByLabel("Time zone").selectOption("Europe/Madrid");
  await page.getByLabel("Your name").fill("Carla");
  await page.getByLabel("E-mail address").fill(FOUNDER_EMAIL);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Start the community" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Carla/ })).toBeVisible();
}

/** The path of the current community, such as /elm-street. */
export const communityPath = (page: Page): string =>
  `/${new URL(page.url()).pathname.split("/")[1] ?? ""}`;

/** Creates an invitation. @returns its link */
export async function invite(coordinator: Page, community: string, uses = 1): Promise<string> {
  await open(coordinator, `${community}/coordinate/invitations`);
  await coordinator.getByLabel("For how many people?").fill(String(uses));
  await coordinator.getByRole("button", { name: "Make an invitation" }).click();
  const link = coordinator.getByLabel("The link to give away");
  await expect(link).toBeVisible();
  return link.inputValue();
}

/** Signs up by an invitation. @returns the path of the community's home */
export async function join(page: Page, link: string, name: string): Promise<string> {
  const path = new URL(link).pathname;
  await open(page, path);
  const email = await signUp(page, name, path);
  await page.getByRole("button", { name: /^Join / }).click();
  await expect(page.getByRole("heading", { level: 1, name: new RegExp(name) })).toBeVisible();
  return email;
}

/** Posts an offer. @returns its path */
export async function offerSkill(page: Page, community: string, title: string): Promise<string> {
  await open(page, `${community}/listings/new?kind=offer`);
  await page.getByLabel("In a few words").fill(title);
  await page.getByLabel("Kind of help").selectOption({ label: "Repairs and handiwork" });
  await page.getByLabel("At my place").check();
  await page.getByRole("button", { name: "Put up this offer" }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  await page.waitForURL(/\/listings\/[0-9a-f-]{36}\?new$/);
  return new URL(page.url()).pathname;
}

type Booking = { minutes: number; days?: number; note?: string };

/** Answers a listing with a proposal. @returns the exchange's path */
export async function bookHelp(
  page: Page,
  listing: string,
  { minutes, days = 3, note }: Booking,
): Promise<string> {
  await open(page, listing);
  await page.getByRole("link", { name: /^(Ask .* for this|Offer .* your help)$/ }).click();
  await page.getByLabel("Date").fill(dayFromNow(days));
  await page.getByLabel("Time", { exact: true }).fill("15:00");
  await chooseMinutes(page, /How long\?/, minutes);
  if (note) await page.getByLabel(/^A note to/).fill(note);
  await page.getByRole("button", { name: /^Send to/ }).click();
  return exchangePath(page);
}

async function exchangePath(page: Page): Promise<string> {
  await page.waitForURL(/\/exchanges\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Counters a proposal with another duration. */
export async function suggestInstead(page: Page, exchange: string, minutes: number): Promise<void> {
  await open(page, exchange);
  await page.getByText("Suggest something else", { exact: true }).click();
  await chooseMinutes(page, /How long\?/, minutes);
  await page.getByRole("button", { name: /^Suggest this to/ }).click();
  await expect(page.getByText(/^You suggested/).first()).toBeVisible();
}

export async function agree(page: Page, exchange: string): Promise<void> {
  await open(page, exchange);
  await page.getByRole("button", { name: "Yes, I agree" }).click();
  await expectAnswer(page, page.getByRole("heading", { name: /^Agreed\./ }));
}

/** Waits for the answer to a transition: success, or an error message. */
const expectAnswer = (page: Page, done: Locator) =>
  expect(done.or(page.getByRole("alert").filter({ hasText: /\w/ })).first()).toBeVisible();

export async function report(page: Page, exchange: string, minutes: number): Promise<void> {
  await open(page, exchange);
  const early = page.getByText("Did it already happen? Say how long it took");
  if (await early.isVisible()) await early.click();
  await chooseMinutes(page, /How long did it take\?/, minutes);
  await page.getByRole("button", { name: "Report this time" }).click();
  await expectAnswer(page, page.getByRole("heading", { name: /^(You reported|Settled)/ }));
}

export async function confirm(page: Page, exchange: string): Promise<void> {
  await open(page, exchange);
  await page.getByRole("button", { name: "Yes, that is right" }).click();
}

/** Records past help, as its giver or its receiver. */
export async function recordHelp(
  page: Page,
  community: string,
  help: { withName: string; mySide: "giver" | "receiver"; title: string; minutes: number },
): Promise<string> {
  await open(page, `${community}/record`);
  const option = await page
    .getByLabel("With whom?")
    .locator("option", { hasText: help.withName })
    .getAttribute("value");
  await page.getByLabel("With whom?").selectOption(option);
  await page.getByLabel(help.mySide === "receiver" ? /^They helped me/ : /^I helped them/).check();
  await page.getByLabel("What is it about?").fill(help.title);
  await page.getByLabel("Kind of help").selectOption({ label: "Company and visits" });
  await chooseMinutes(page, /How long did it take\?/, help.minutes);
  await page.getByRole("button", { name: "Record it" }).click();
  if (help.mySide === "receiver")
    await page.getByRole("button", { name: "Yes, record it" }).click();
  return exchangePath(page);
}

/** Checks the heading that shows an exchange's status. */
export async function expectStatus(page: Page, exchange: string, words: string | RegExp) {
  await open(page, exchange);
  await expect(page.getByRole("heading", { name: words })).toBeVisible();
}

/** Checks the amounts on the account page, as displayed: "+1 h 30 min", "−1 h 30 min". */
export async function expectBalance(
  page: Page,
  community: string,
  expected: { balance?: string; promised?: string; canPromise?: string },
): Promise<void> {
  await open(page, `${community}/account`);
  const detail = (term: string) =>
    page
      .locator("dl > div")
      .filter({ has: page.locator("dt", { hasText: new RegExp(`^${term}$`) }) })
      .locator("dd");
  if (expected.balance !== undefined) await expect(detail("Balance")).toHaveText(expected.balance);
  if (expected.promised !== undefined)
    await expect(detail("Promised")).toHaveText(expected.promised);
  if (expected.canPromise !== undefined) {
    await expect(detail("I can still promise")).toHaveText(expected.canPromise);
  }
}

/**
 * Simulates the passing of days for one exchange: moves its timestamps back and makes its job due. The
 * machine's clock is shared, so the exchange is changed instead.
 */
export async function simulateDays(exchange: string, days: number): Promise<void> {
  const client = new Client({ connectionString: readState().databaseUrl });
  await client.connect();
  try {
    const id = exchange.split("/").at(-1);
    await client.query(
      `UPDATE exchange SET created_at = created_at - $2 * interval '1 day',
         starts_at = starts_at - $2 * interval '1 day', agreed_at = agreed_at - $2 * interval '1 day',
         reported_at = reported_at - $2 * interval '1 day',
         reminded_at = reminded_at - $2 * interval '1 day', due_at = due_at - $2 * interval '1 day'
       WHERE id = $1`,
      [id, days],
    );
    await client.query(
      `SELECT graphile_worker.reschedule_jobs(ARRAY(
         SELECT id FROM graphile_worker.jobs WHERE key LIKE $1), run_at => now())`,
      [`exchange:%:${id}`],
    );
    await expect
      .poll(
        async () => {
          const waiting = await client.query(
            "SELECT 1 FROM graphile_worker.jobs WHERE key LIKE $1 AND run_at <= now()",
            [`exchange:%:${id}`],
          );
          return waiting.rowCount;
        },
        { message: "the job of the exchange runs" },
      )
      .toBe(0);
  } finally {
    await client.end();
  }
}

/** Every violation in the books of an installation; empty when they are consistent. */
export async function checkBooks(databaseUrl = readState().databaseUrl): Promise<unknown[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query("SELECT * FROM check_books()")).rows;
  } finally {
    await client.end();
  }
}
