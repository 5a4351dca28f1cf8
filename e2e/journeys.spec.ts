/** Members' tasks from end to end, each member in their own browser. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import {
  agree,
  checkBooks,
  confirm,
  expectBalance,
  expectStatus,
  FOUNDER_EMAIL,
  invite,
  join,
  PASSWORD,
  recordHelp,
  report,
  signIn,
  signUp,
  simulateDays,
} from "./app";
import { admit, agreeToProposal, createCommunity, enter, postOffer, propose } from "./prepare";
import { readState } from "./state";
import { expect, expectAccessible, open, test } from "./ui";

let community: string;

/** Carla, the first coordinator, in her own browser. */
const carlaIn = async (newPerson: () => Promise<Page>) => {
  const carla = await newPerson();
  await enter(carla, FOUNDER_EMAIL);
  return carla;
};

test.beforeAll(async ({ browser }) => {
  const carla = await browser.newPage();
  community = await createCommunity(carla, "Elm Street");
  await carla.close();
});

test.afterAll(async () => {
  expect(await checkBooks(), "the books after all journeys").toEqual([]);
});

test("an invitation works as often as it permits", async ({ newPerson }) => {
  const carla = await carlaIn(newPerson);
  const link = await invite(carla, community, 1);
  await join(await newPerson(), link, "Ines");
  const late = await newPerson();
  await open(late, new URL(link).pathname);
  await expect(late.getByText("This link does not work any more")).toBeVisible();
});

test("help recorded by its receiver settles at once", async ({ newPerson }) => {
  const carla = await carlaIn(newPerson);
  const rosa = await newPerson();
  await admit(rosa, { by: carla, community, name: "Rosa" });
  const help = {
    withName: "Carla",
    mySide: "receiver" as const,
    title: "Tea and a long talk",
    minutes: 45,
  };
  const exchange = await recordHelp(rosa, community, help);
  await expect(
    rosa.getByRole("heading", { name: /^Settled: 45 min went from you to Carla/ }),
  ).toBeVisible();
  await expectBalance(rosa, community, { balance: "−45 min" });
  await expectStatus(carla, exchange, /^Settled: 45 min went from Rosa to you/);
});

test("help recorded by its giver waits for the receiver's confirmation", async ({ newPerson }) => {
  const carla = await carlaIn(newPerson);
  const selam = await newPerson();
  await admit(selam, { by: carla, community, name: "Selam" });
  const help = {
    withName: "Carla",
    mySide: "giver" as const,
    title: "Read a letter together",
    minutes: 30,
  };
  const exchange = await recordHelp(selam, community, help);
  await expect(
    selam.getByRole("heading", { name: /^You wrote down 30 min of help for Carla/ }),
  ).toBeVisible();
  await expectBalance(selam, community, { balance: "0 min" });
  await confirm(carla, exchange);
  await expect(carla.getByRole("heading", { name: /^Settled:/ })).toBeVisible();
  await expectBalance(selam, community, { balance: "+30 min" });
});

test("cancelling an exchange releases its hold", async ({ newPerson }) => {
  const carla = await carlaIn(newPerson);
  const noor = await newPerson();
  await admit(noor, { by: carla, community, name: "Noor" });
  const offer = await postOffer(carla, community, "Hang up a lamp");
  const exchange = await propose(noor, offer, { minutes: 120 });
  await agreeToProposal(carla, exchange);
  await expectBalance(noor, community, { promised: "2 h", canPromise: "8 h" });
  await open(noor, exchange);
  await noor.locator("summary", { hasText: "Call it off" }).click();
  await noor.getByRole("button", { name: "Call it off" }).click();
  await noor.getByRole("button", { name: "Yes, call it off" }).click();
  await expect(noor.getByRole("heading", { name: "You called this off." })).toBeVisible();
  await expectBalance(noor, community, { balance: "0 min", promised: "0 min", canPromise: "10 h" });
});

test("a promise beyond the floor is refused with a message that says what to do", async ({
  newPerson,
}) => {
  const carla = await carlaIn(newPerson);
  const emil = await newPerson();
  await admit(emil, { by: carla, community, name: "Emil" });
  const offer = await postOffer(carla, community, "Paint a room");
  // Days on which Carla has no other exchange.
  const first = await propose(emil, offer, { minutes: 540, days: 20 });
  const second = await propose(emil, offer, { minutes: 90, days: 22 });
  await agreeToProposal(carla, first);
  await agree(carla, second);
  const alert = carla.getByRole("alert").filter({ hasText: "promise" });
  await expect(alert).toContainText("Agree on a shorter time");
  // How much Emil has left is shown to Emil only.
  await expect(alert).not.toContainText("1 h");
  await expectAccessible(carla);
  await expectBalance(emil, community, { promised: "9 h", canPromise: "1 h" });
});

test("an unanswered report settles automatically, after a reminder, for no more than was agreed", async ({
  newPerson,
}) => {
  const carla = await carlaIn(newPerson);
  const mei = await newPerson();
  await admit(mei, { by: carla, community, name: "Mei" });
  const offer = await postOffer(carla, community, "Sharpen knives");
  const exchange = await propose(mei, offer, { minutes: 60 });
  await agreeToProposal(carla, exchange);
  await report(carla, exchange, 105);
  await expectStatus(mei, exchange, /Carla \(coordinator\) reported 1 h 45 min/);
  // The window starts at the end of the help, three to four days from now, whatever time of the day it is. Half of it
  // brings only the reminder; the other half settles.
  await simulateDays(exchange, 8);
  await expectStatus(mei, exchange, /Carla \(coordinator\) reported 1 h 45 min/);
  await simulateDays(exchange, 6);
  await expectStatus(mei, exchange, /^Settled: 1 h went from you to Carla/);
  await expectBalance(mei, community, { balance: "−1 h", promised: "0 min" });
});

test("a stranger finds nothing at any address of a community", async ({ newPerson }) => {
  const carla = await carlaIn(newPerson);
  const rosa = await newPerson();
  await admit(rosa, { by: carla, community, name: "Rosalind" });
  const offer = await postOffer(carla, community, "Fold paper cranes");
  const exchange = await propose(rosa, offer, { minutes: 30 });
  await open(rosa, `${community}/members`);
  const page = await rosa
    .getByRole("link", { name: /Rosalind/ })
    .first()
    .getAttribute("href");
  const memberId = page?.split("/").at(-1) ?? "";

  // Carla creates a second community; Sam is a member only there.
  await open(carla, "/communities/new");
  await carla.getByLabel("Name of the community").fill("Oak Street");
  await carla.getByLabel("Time zone").selectOption("Europe/Madrid");
  await carla.getByRole("button", { name: "Start the community" }).click();
  await carla.waitForURL("**/oak-street");
  const sam = await newPerson();
  await admit(sam, { by: carla, community: "/oak-street", name: "Sam" });
  // Tom is a member of the same community, but no side of the exchange.
  const tom = await newPerson();
  await admit(tom, { by: carla, community, name: "Tom" });

  const nothing = async (person: Page, path: string) => {
    const answer = await person.request.get(path, { maxRetries: 1 });
    expect([path, answer.status()]).toEqual([path, 404]);
    expect(await answer.text()).not.toMatch(/Rosalind|paper cranes/);
  };
  await sam.goto(exchange);
  await expect(sam.getByRole("heading", { level: 1 })).toHaveText("There is nothing here");
  for (const path of [
    community,
    `${community}/account`,
    `${community}/browse`,
    `${community}/privacy`,
    `${community}/imprint`,
    `${community}/privacy?invitation=${"x".repeat(43)}`,
    exchange,
    offer,
  ]) {
    await nothing(sam, path);
  }
  await nothing(sam, exchange.replace(community, "/oak-street"));
  await nothing(sam, `/oak-street/accounts/${memberId}`);
  await nothing(tom, exchange);
  await nothing(tom, `${community}/accounts/${memberId}`);
  await nothing(tom, `${community}/coordinate`);
  await nothing(tom, `${community}/coordinate/invitations`);
  await nothing(tom, `${community}/coordinate/privacy`);
  await nothing(tom, "/no-such-community");
  await nothing(tom, `${community}/exchanges/not-an-id`);
  // A visitor who is not signed in is asked to sign in, whether or not the page exists.
  const nobody = await newPerson();
  for (const path of [
    exchange,
    "/no-such-community/account",
    `${community}/privacy`,
    "/no-such-community/privacy",
  ]) {
    expect((await nobody.request.get(path, { maxRetries: 1 })).url()).toMatch(/\/sign-in\?from=/);
  }
});

test("an invalid form retains the input and says what to do", async ({ newPerson }) => {
  const carla = await carlaIn(newPerson);
  await open(carla, `${community}/listings/new?kind=request`);
  await carla.getByLabel("Tell a little more").fill("Something that took me long to write.");
  await carla.getByRole("button", { name: "Put up this request" }).click();
  await expect(carla.getByRole("alert").first()).toContainText("Nothing was sent");
  await expect(carla.getByLabel("In a few words")).toHaveAccessibleDescription(
    /Please fill this in/,
  );
  await expect(carla.getByLabel("Tell a little more")).toHaveValue(
    "Something that took me long to write.",
  );
  await expectAccessible(carla);
});

test("a form whose answer was lost shows what was saved, and can be sent again as another one", async ({
  newPerson,
}) => {
  const carla = await carlaIn(newPerson);
  await open(carla, `${community}/listings/new?kind=offer`);
  const title = carla.getByLabel("In a few words");
  const send = carla.getByRole("button", { name: "Put up this offer" });
  const message = carla.getByRole("alert").first();
  await title.fill("One loaf of bread");
  await carla.getByLabel("Kind of help").selectOption({ label: "Repairs and handiwork" });
  await carla.getByLabel("At my place").check();
  await carla.route(
    "**/api/trpc/listing.create*",
    async (route) => {
      await route.fetch();
      await route.fulfill({ body: "" });
    },
    { times: 1 },
  );
  await send.click();
  await expect(message).toContainText("could not be reached");
  await title.fill("Two loaves of bread");
  await send.click();
  await expect(message).toContainText("had arrived already");
  const saved = message.getByRole("link", { name: "See what was saved" });
  const path = (await saved.getAttribute("href")) ?? "";
  await expectAccessible(carla);
  await send.click();
  await expect(carla.getByRole("heading", { level: 1 })).toHaveText("Two loaves of bread");
  await open(carla, path);
  await expect(carla.getByRole("heading", { level: 1 })).toHaveText("One loaf of bread");
});

test("sessions are listed, and an ended one grants nothing", async ({ newPerson }) => {
  const here = await newPerson();
  const email = await signUp(here, "Wanda");
  const there = await newPerson();
  await signIn(there, email);
  await there.waitForURL("**/communities");
  await open(here, "/settings");
  await expect(here.getByText("This device", { exact: true })).toBeVisible();
  const ended = here.waitForResponse(/person\.endSession/);
  await here.getByRole("button", { name: "Sign out there" }).click();
  await ended;
  await expect(here.getByRole("button", { name: "Sign out there" })).toHaveCount(0);
  await there.goto("/settings");
  await expect(there).toHaveURL(/\/sign-in/);
  await expectAccessible(there);
  await signIn(there, email, "not my password");
  await expect(there.getByRole("alert").first()).toContainText("did not match");
  await signIn(there, email, PASSWORD);
  await there.waitForURL("**/communities");
});

test("the security log names sign-ins and refusals, and contains no secrets", async () => {
  const { securityLog } = readState();
  const text = readFileSync(securityLog, "utf8");
  const entries = text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { event: string; what: string; why?: string });
  const has = (event: string, what: string, why?: string) =>
    entries.some((entry) => entry.event === event && entry.what === what && entry.why === why);
  expect(has("signedIn", "password")).toBe(true);
  expect(has("signInFailed", "password", "wrongSignIn")).toBe(true);
  expect(has("refused", "community.overview", "notFound")).toBe(true);
  expect(has("changed", "person.endSession")).toBe(true);
  // No password, no e-mail address, no token of a link.
  expect(text).not.toContain(PASSWORD);
  expect(text).not.toContain("not my password");
  expect(text).not.toContain("@");
  expect(text).not.toMatch(/[A-Za-z0-9_-]{43}/);
});
