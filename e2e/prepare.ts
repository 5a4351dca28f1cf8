/** Prepares data over HTTP, without the forms that other tests use. */
import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { callerOn, openSession } from "./api";
import { FOUNDER_EMAIL, newEmail, PASSWORD } from "./app";
import { readState } from "./state";
import { dayFromNow } from "./ui";

const api = (page: Page) => callerOn(page.request, readState().baseUrl);
const slugOf = (path: string) => path.split("/")[1] ?? "";
const idOf = (path: string) => path.split("/").at(-1) ?? "";

/** Signs a user in without opening a page. */
export const enter = (page: Page, email: string): Promise<void> =>
  openSession(page.request, readState().baseUrl, { email, password: PASSWORD });

/** Creates a community as Carla and signs her in. @returns its path, such as /elm-street */
export async function createCommunity(carla: Page, name: string): Promise<string> {
  const where = { name, language: "en", timeZone: "Europe/Madrid" };
  await enter(carla, FOUNDER_EMAIL);
  const { slug } = await api(carla).send<{ slug: string }>("community.create", where);
  return `/${slug}`;
}

/** Creates an invitation for one person. @returns its link */
export async function invitationOf(coordinator: Page, community: string): Promise<string> {
  const { token } = await api(coordinator).send<{ token: string }>("community.invite", {
    community: slugOf(community),
    label: "",
    days: 7,
    maxUses: 1,
  });
  return `${readState().baseUrl}/join${community}/${token}`;
}

/** Signs up a new user who joins by the coordinator's invitation. @returns their e-mail address */
export async function admit(
  page: Page,
  { by, community, name }: { by: Page; community: string; name: string },
): Promise<string> {
  const email = newEmail(name);
  const token = idOf(await invitationOf(by, community));
  await api(page).send("person.signUp", { name, email, password: PASSWORD });
  await enter(page, email);
  await api(page).send("community.join", { community: slugOf(community), token });
  return email;
}

/** Posts an offer. @returns its path */
export async function postOffer(page: Page, community: string, title: string): Promise<string> {
  const { id } = await api(page).send<{ id: string }>("listing.create", {
    community: slugOf(community),
    id: randomUUID(),
    kind: "offer",
    title,
    description: "",
    category: "repair",
    minutes: 60,
    places: ["mine"],
    availability: "",
  });
  return `${community}/listings/${id}`;
}

/** Proposes a time for an offer. @returns the exchange's path */
export async function propose(
  page: Page,
  offer: string,
  { minutes, days = 3 }: { minutes: number; days?: number },
): Promise<string> {
  const { id } = await api(page).send<{ id: string }>("exchange.propose", {
    community: slugOf(offer),
    id: randomUUID(),
    listingId: idOf(offer),
    title: "Help",
    category: "repair",
    date: dayFromNow(days),
    time: "15:00",
    minutes,
    place: "giver",
    placeNote: "",
    note: "",
  });
  return `/${slugOf(offer)}/exchanges/${id}`;
}

/** The version of an exchange without transitions since its proposal. */
const PROPOSED = 1;

/** Agrees to an unchanged proposal. */
export const agreeToProposal = (page: Page, exchange: string): Promise<unknown> =>
  api(page).send("exchange.agree", {
    community: slugOf(exchange),
    id: idOf(exchange),
    version: PROPOSED,
  });
