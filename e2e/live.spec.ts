/** News that appear on open pages by themselves. */
import { admit, createCommunity, postOffer, propose } from "./prepare";
import { expect, test } from "./ui";

/** What makes a page lose a mark: a reload or another document. */
const MARK = "hasNotBeenReloaded";

test("a proposal, its withdrawal and what was seen elsewhere appear without a reload", async ({
  page: amina,
  newPerson,
}) => {
  const carla = await newPerson();
  const community = await createCommunity(carla, "Live Street");
  await admit(amina, { by: carla, community, name: "Amina" });
  const offer = await postOffer(amina, community, "Bicycle repairs");
  await amina.goto(community);
  const bell = amina.getByRole("banner").getByRole("link", { name: /^News/ });
  await expect(bell).toHaveAccessibleName("News");
  await amina.evaluate((mark) => Object.assign(window, { [mark]: true }), MARK);

  const exchange = await propose(carla, offer, { minutes: 60 });
  await expect(bell).toHaveAccessibleName("News 1 piece of news");
  const news = amina.getByRole("list", { name: "New for you" });
  await expect(news.getByRole("link", { name: /proposed/ })).toBeVisible();

  // Another window of hers: once she has read it there, this one says so.
  const window = await amina.context().newPage();
  await window.goto(exchange);
  await expect(bell).toHaveAccessibleName("News");
  await window.close();

  // The page waits with a text that is being typed; the bell does not.
  await amina.goto(exchange);
  await amina.evaluate((mark) => Object.assign(window, { [mark]: true }), MARK);
  const note = amina.getByLabel("Write a note");
  await note.fill("I bring my own tools");
  await carla.goto(exchange);
  await carla.getByRole("button", { name: "Take it back" }).click();
  await carla.getByRole("button", { name: "Yes, take it back" }).click();
  await expect(bell).toHaveAccessibleName(/1/);
  await expect(note).toHaveValue("I bring my own tools");
  await note.fill("");
  await expect(amina.getByRole("heading", { name: /took this back/ })).toBeVisible();
  expect(await amina.evaluate((mark) => mark in window, MARK)).toBe(true);
});
