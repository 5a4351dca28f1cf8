/** Fills an empty installation with an active community, through the same commands that members use. */

import * as z from "zod/mini";
import type { CommunityId } from "../../domain/community/community";
import { listingShape } from "../../domain/listing/schema";
import { coarseFromDegrees } from "../../domain/place/distance";
import { type Random, seededRandom } from "../../scripts/lib/random";
import { saveWeek } from "../../server/availability/commands";
import { claimInstallation } from "../../server/community/claim-installation";
import { createInvitation, withdrawInvitation } from "../../server/community/invitation";
import { joinCommunity } from "../../server/community/join-community";
import { prepareSetupLink } from "../../server/community/prepare-setup-link";
import { updateCommunity } from "../../server/community/update-community";
import { signInByIdentity } from "../../server/identity/sign-in";
import { signUp } from "../../server/identity/sign-up";
import { checkBooks } from "../../server/ledger/statement";
import {
  closeListing,
  createListing,
  pauseListing,
  renewListing,
} from "../../server/listing/commands";
import { updateProfile } from "../../server/member/update-profile";
import { vouchForMember } from "../../server/member/vouch-for-member";
import { admitMember } from "../../server/membership/admit-member";
import type { MemberContext } from "../../server/membership/context";
import { readMembership } from "../../server/membership/queries";
import { addNeighbourhood } from "../../server/place/commands";
import { db, transaction } from "../../server/platform/db/client";
import { newId } from "../../server/platform/tokens";
import { updatePrivacyNotice } from "../../server/privacy/commands";
import { writeThanks } from "../../server/thanks/commands";
import { type Days, daysBefore, TIME_ZONE } from "./days";
import { offers } from "./offers";
import { middles, type Person, people } from "./people";
import { hangPictures } from "./pictures";
import { type Action, actionsOf, type Cast, play } from "./play";
import { presentScenes, settledAtPresent } from "./present";
import { requests } from "./requests";
import { thanks } from "./thanks";
import { weeks } from "./weeks";
import { type Post, planPosts, planYear } from "./year";

type SignIn = { label: string; email: string; password: string };

const SLUG = "lindenhof";
const SEED = 20_261_125;
const SETTLED = 300;
const WELCOME = 60;
const PASSWORD = "lindenhof-demo-26";
const FOUNDED = 367;

const emailOf = (key: string) => `${key}@demo.evenhour.example`;

const signIns: SignIn[] = [
  { label: "a busy member (Rosa)", email: emailOf("rosa"), password: PASSWORD },
  { label: "a new member (Nils)", email: emailOf("nils"), password: PASSWORD },
  { label: "a coordinator (Amara)", email: emailOf("amara"), password: PASSWORD },
];
const hasPassword = (key: string) => signIns.some(({ email }) => email === emailOf(key));

/** Newer notifications of the demo have not been seen. */
const NEWS_MS = 2 * 86_400_000;

const ABOUT =
  "Five quarters between the canal and the old gasworks. We help each other hour for hour: an hour of ironing is worth an hour of tax form. New here? Come to the library café on Thursday at four, or just ask somebody with flour on their sleeves.";

const PRIVACY_NOTICE = {
  responsible: "Friends of Lindenhof (made up)",
  address: "Library café\nCanal Street 4\n10999 Lindenhof",
  contact: "hello@lindenhof.example\n+49 30 555 01 48",
  dataContact: "",
  hosting: "On a computer in the library",
  addition:
    "We print the offers once a month for the notice board in the library, with first names only.",
};

/**
 * Fills the demo if it is empty.
 * @returns the sign-ins to print, in either case
 */
export async function fillDemo(say: (line: string) => void): Promise<SignIn[]> {
  const known = await db.community.findUnique({ where: { slug: SLUG } });
  if (known) {
    // The last member is created last: without them an earlier start was interrupted.
    const last = await db.member.count({
      where: { communityId: known.id, user: { email: emailOf("nils") } },
    });
    if (last > 0) return signIns;
    throw new Error(
      "The demo was interrupted while it was filled. Delete its data folder (data-demo) and start again.",
    );
  }
  say("Filling the demo neighbourhood…");
  const days = daysBefore(new Date());
  const random = seededRandom(SEED);
  const posts = planPosts([...offers, ...requests], random);
  const keys = new Map(posts.flatMap(({ key, title }) => (key ? [[key, title] as const] : [])));
  const kept = presentScenes(days, keys);
  const year = planYear(SETTLED - settledAtPresent, posts, {
    days,
    random,
    welcome: WELCOME,
    kept,
  });
  const cast = await createLindenhof(days);
  const ids = new Map(posts.map((post) => [post.title, random.id(days.at(post.born, "12:00"))]));
  const listingId = (title: string) => {
    const id = ids.get(title);
    if (!id) throw new Error(`no listing "${title}" in the demo`);
    return id;
  };
  const stage: Cast = { as: cast.as, listingId };
  const scenes = [...year, ...kept];
  await play([
    ...people
      .filter(({ key }) => key !== "amara" && key !== "nils")
      .map((person) => cast.arrive(person)),
    ...posts.flatMap((post) => lifeOf(post, days, stage)),
    ...scenes.flatMap((scene) => actionsOf(scene, stage, random)),
  ]);
  const newest = people.find(({ key }) => key === "nils");
  if (newest) await play([cast.arrive(newest)]);
  for (const [key, { week, travel }] of Object.entries(weeks)) {
    await saveWeek(cast.as(key, new Date()), {
      travelMinutes: travel,
      week: week.flatMap(([weekdays, from, to]) =>
        weekdays.map((weekday) => ({ weekday, starts: from * 60, ends: to * 60 })),
      ),
    });
  }
  await thankAround(cast, random);
  await markOldNotificationsSeen();
  const open = posts.filter(({ state }) => !state);
  const hung = open.map((post) => ({ post, id: listingId(post.title) }));
  await hangPictures(cast.as, hung, seededRandom(SEED));
  await requireConsistentBooks();
  say(
    `Lindenhof has ${people.length} members, ${posts.length} listings and a year of ${scenes.length} exchanges.`,
  );
  return signIns;
}

/** Creates the community with its first coordinator and its invitations. */
async function createLindenhof(days: Days) {
  const amara = people.find(({ key }) => key === "amara");
  const token = await prepareSetupLink();
  if (!amara || !token) {
    throw new Error(
      "The demo needs an installation of its own: this one has been claimed. Set EVENHOUR_DATA_DIR to an empty folder.",
    );
  }
  const begin = days.at(FOUNDED, "18:30");
  await claimInstallation(
    {
      token,
      yourName: amara.name,
      email: emailOf(amara.key),
      password: PASSWORD,
      name: "Lindenhof",
      language: "en",
      timeZone: TIME_ZONE,
    },
    begin,
  );
  const members = new Map<string, Omit<MemberContext, "now">>();
  const as = (key: string, now: Date): MemberContext => {
    const member = members.get(key);
    if (!member) throw new Error(`${key} is not in Lindenhof yet`);
    return { ...member, now };
  };
  /** Reads a member as a request would. */
  async function meet(key: string, userId: string): Promise<void> {
    const found = await readMembership(SLUG, userId);
    if (!found) throw new Error(`${key} did not become a member of the demo`);
    // Like server/api/trpc.ts, which brands the id after the check of membership.
    const communityId = found.community.id as CommunityId;
    members.set(key, { ...found, communityId, actor: { userId } });
  }

  const founder = await db.user.findUniqueOrThrow({ where: { email: emailOf(amara.key) } });
  await meet(amara.key, founder.id);
  const before = as(amara.key, begin).community;
  await updateCommunity(as(amara.key, begin), {
    name: before.name,
    about: ABOUT,
    language: before.language,
    timeZone: before.timeZone,
    joining: "invitation",
    granularity: before.granularity,
    floor: before.floor,
    newcomerFloor: before.newcomerFloor,
    softFloor: before.softFloor,
    softCeiling: before.softCeiling,
    welcomeCredit: WELCOME,
    confirmationDays: before.confirmationDays,
    balancesVisible: before.balancesVisible,
  });
  await meet(amara.key, founder.id);
  for (const [name, { north, east }] of Object.entries(middles)) {
    const point = coarseFromDegrees(north, east);
    await addNeighbourhood(as(amara.key, begin), { id: newId(), name, point });
  }
  await updateProfile(as(amara.key, begin), profileOf(amara));
  await updatePrivacyNotice(as(amara.key, begin), PRIVACY_NOTICE);

  const invite = (label: string, ago: number, lasting: number, maxUses: number) =>
    createInvitation(as(amara.key, days.at(ago, "10:00")), { label, days: lasting, maxUses });
  const first = await invite("The first twenty doors", FOUNDED - 1, 120, 40);
  const library = await invite("Notice board in the library", 270, 300, 60);
  const party = await invite("Summer party flyer", 150, 60, 100);
  await withdrawInvitation(as(amara.key, days.at(120, "09:00")), { id: party.id });

  async function arriveNow(person: Person, now: Date): Promise<void> {
    const { key, name } = person;
    const { community } = as(amara?.key ?? key, now);
    if (person.isOffline || key === "jonas") {
      const userId = person.isOffline ? null : await userOf(person, now);
      const role = key === "jonas" ? ("coordinator" as const) : ("member" as const);
      const me = await transaction((tx) =>
        admitMember(tx, community, { userId, displayName: name, role }, now, {
          kind: "created",
          byId: as("amara", now).me.id,
          actingUserId: founder.id,
        }),
      );
      const communityId = community.id as CommunityId;
      // Amara acts for members without internet.
      members.set(key, { communityId, community, actor: { userId: userId ?? founder.id }, me });
    } else {
      const userId = await userOf(person, now);
      const { token: invitation } = person.joined > 268 ? first : library;
      await joinCommunity(
        { userId, name },
        { community: SLUG, token: invitation },
        { now, address: key },
      );
      await meet(key, userId);
      // They joined by an open invitation, and Amara has met each of them.
      await vouchForMember(as("amara", now), { memberId: as(key, now).me.id });
    }
    await updateProfile(as(key, now), profileOf(person));
  }
  const arrive = (person: Person): Action => ({
    at: days.at(person.joined, "08:00"),
    run: (now) => arriveNow(person, now),
  });
  const keyOf = (memberId: string) => [...members].find(([, { me }]) => me.id === memberId)?.[0];
  return { as, arrive, keyOf };
}

type Stage = Awaited<ReturnType<typeof createLindenhof>>;

/** Creates a user: with a password if their sign-in is printed, otherwise with a provider's identity. */
async function userOf({ key, name }: Person, now: Date): Promise<string> {
  const email = emailOf(key);
  if (!hasPassword(key)) {
    const issuer = "https://login.demo.evenhour.example";
    const claims = { issuer, subject: key, email, emailVerified: true, name };
    const { userId } = await signInByIdentity(claims, { locale: "en", fallback: name }, now);
    return userId;
  }
  await signUp({ name, email, password: PASSWORD }, now);
  // They have used a sign-in link before, so the address is verified.
  return (await db.user.update({ where: { email }, data: { emailVerifiedAt: now } })).id;
}

const profileOf = ({ name, about, languages, quarter, contact, isOffline, key }: Person) => ({
  displayName: name,
  about,
  languages,
  neighbourhood: quarter,
  contact,
  // Members without internet have not set a location either.
  point: isOffline ? null : pointIn(quarter, key),
});

/** A point in a quarter, always the same for the same member. */
function pointIn(quarter: Person["quarter"], key: string) {
  const middle = middles[quarter];
  const random = seededRandom(
    [...key].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7),
  );
  const aside = () => (random.next() - 0.5) * 0.006;
  return coarseFromDegrees(middle.north + aside(), middle.east + aside());
}

const listingSchema = z.strictObject(listingShape);

/** Creates a listing, renews it before it lapses, and pauses or closes it where the post says so. */
function lifeOf(post: Post, days: Days, { as, listingId }: Cast): Action[] {
  const id = listingId(post.title);
  const { owner, kind, title, description, category, minutes, places, availability } = post;
  const words = { kind, title, description, category, minutes, places, availability };
  const input = listingSchema.parse(words);
  const actions: Action[] = [
    {
      at: days.at(post.born, "12:00"),
      run: (now) => createListing(as(owner, now), { id, ...input }),
    },
    ...post.renewed.map((ago) => ({
      at: days.at(ago, "12:00"),
      run: (now: Date) => renewListing(as(owner, now), { id }),
    })),
  ];
  const end = { closed: closeListing, paused: pauseListing };
  if (post.state === "closed" || post.state === "paused") {
    const leave = end[post.state];
    actions.push({ at: days.at(post.until, "20:00"), run: (now) => leave(as(owner, now), { id }) });
  }
  return actions;
}

/** A random third of the recent receivers write thanks. */
async function thankAround({ as, keyOf }: Stage, random: Random): Promise<void> {
  const settled = await db.exchange.findMany({
    where: { status: "settled", reversedAt: null, endedAt: { not: null } },
    orderBy: [{ endedAt: "desc" }, { title: "asc" }],
    take: 120,
  });
  for (const { id, receiverId, endedAt } of settled) {
    const key = keyOf(receiverId);
    if (!key || !endedAt || !random.happens(0.34)) continue;
    const now = new Date(endedAt.getTime() + 3_600_000);
    await writeThanks(as(key, now), { exchangeId: id, text: random.pick(thanks) });
  }
}

/** Old notifications have been seen, and the mailbox contains none of their e-mails. */
async function markOldNotificationsSeen(): Promise<void> {
  const now = Date.now();
  await db.$executeRaw`
    UPDATE notification SET mailed_at = created_at, pushed_at = created_at,
      seen_at = CASE WHEN created_at < ${new Date(now - NEWS_MS)}::timestamptz THEN created_at END`;
}

async function requireConsistentBooks(): Promise<void> {
  const violations = await checkBooks();
  if (violations.length === 0) return;
  throw new Error(`The demo's books are wrong: ${JSON.stringify(violations)}`);
}
