/** For each procedure an input whose outcome depends only on who sends it. */
import { v7 } from "uuid";
import { defaultSettings } from "../../../domain/notification/channels";
import { prepareSetupLink } from "../../../server/community/prepare-setup-link";
import { hashPassword } from "../../../server/identity/password";
import { db } from "../../../server/platform/db/client";
import { hashToken, newToken } from "../../../server/platform/tokens";
import { vapidKeys } from "../../../server/push/vapid";
import { makeUser, openSession } from "../../../server/testing/people";
import {
  AFTER,
  agreed,
  credited,
  disputed,
  exception,
  invitation,
  keptSearch,
  listing,
  type Maker,
  neighbourhood,
  openListing,
  proposed,
  reported,
  rescheduling,
  settled,
  terms,
  themselves,
  what,
  worded,
} from "./objects";
import { as, type Person, type Scene } from "./scene";

/** The community and the object in it that an input refers to. */
type At = { community: string; id: string; version: number };
type Own = { scene: Scene; person: Person | null };

export type Case = {
  /** Distinguishes two cases of one procedure. */
  variant?: string;
  /** The time of the call; the present when absent. */
  now?: Date;
} & (
  | { object: Maker; input: (at: At) => object }
  | { place: (at: Omit<At, "version">) => object }
  | { rows: Record<string, (own: Own) => Promise<object | undefined>> }
);

const here = ({ community }: { community: string }) => ({ community });
const named = ({ community, id }: At) => ({ community, id });
const versioned = ({ community, id, version }: At) => ({ community, id, version });
const reasoned = (at: At) => ({ ...versioned(at), reason: "Because." });
const momentOf = ({ date, time }: ReturnType<typeof terms>) => ({ date, time });
const somewhere = { latitude: 27, longitude: 27 };
const PASSWORD = "a quiet afternoon by the river";
const timeZone = "Europe/Madrid";

/** As a browser makes it, at a push service that does not exist. */
const subscription = () => ({
  endpoint: `https://push.example.invalid/${v7()}`,
  p256dh: vapidKeys().publicKey,
  authSecret: "A".repeat(22),
  fullText: false,
});

/** A device on which a user receives push. @returns its id */
async function subscribed(userId: string | undefined): Promise<string> {
  const id = v7();
  if (!userId) return id;
  const now = new Date();
  const sessionId = await openSession(userId, "", now);
  await db.pushSubscription.create({
    data: { ...subscription(), id, userId, sessionId, createdAt: now },
  });
  return id;
}

const rules = {
  granularity: 15,
  floor: -600,
  softFloor: -300,
  softCeiling: 1200,
  welcomeCredit: 0,
  confirmationDays: 7,
  balancesVisible: false,
  newcomerFloor: -60,
};
const profile = {
  displayName: "Test",
  about: "",
  languages: [],
  neighbourhood: "",
  contact: "secret-contact",
};
/** Different each time: the same content again would change nothing. */
const privacyNotice = () => ({
  responsible: v7(),
  address: "Elm Street 1",
  contact: "hello@example.org",
  dataContact: "",
  hosting: "",
  addition: "",
});
export const tokenOf = async ({ scene }: Own): Promise<string> => {
  const { community } = as(scene.personOf("coordinator"));
  const invited = { community: scene.here.slug, label: "", days: 7, maxUses: 5 };
  return (await community.invite(invited)).token;
};
const open = async ({ scene }: Own) => {
  await db.community.update({ where: { id: scene.here.id }, data: { joining: "open" } });
  return { community: scene.here.slug };
};
export const closed = async ({ scene }: Own) => {
  await db.community.update({ where: { id: scene.here.id }, data: { joining: "invitation" } });
  return { community: scene.here.slug };
};
/** A link that confirms a user's new e-mail address. */
const emailLinkOf = async (userId: string | undefined) => {
  const token = newToken();
  if (userId) {
    const expiresAt = new Date(Date.now() + 60_000);
    const asked = { email: `${v7()}@example.org`, tokenHash: hashToken(token), expiresAt };
    const create = { userId, ...asked };
    await db.emailChange.upsert({ where: { userId }, create, update: asked });
  }
  return { token };
};
const emailLinks = {
  own: async ({ person }: Own) => emailLinkOf(person?.userId),
  "another's": async ({ scene }: Own) => emailLinkOf(scene.others.otto.userId),
};
const claim = (token: string) => ({
  token,
  name: "New",
  language: "en",
  timeZone,
  yourName: "Ina",
  email: `${v7()}@example.org`,
  password: PASSWORD,
});

export const cases: Record<string, Case[]> = {
  "setup.state": [{ rows: { "a wrong link": async () => ({ token: newToken() }) } }],
  "setup.claim": [
    {
      rows: {
        "the link": async () => {
          await db.installation.updateMany({ data: { claimedAt: null } });
          return claim((await prepareSetupLink()) ?? "");
        },
        "a wrong link": async () => {
          await db.installation.updateMany({ data: { claimedAt: null } });
          return claim(newToken());
        },
        "the link, used": async () => {
          const token = newToken();
          const data = { claimedAt: new Date(), setupTokenHash: hashToken(token) };
          await db.installation.updateMany({ data });
          return claim(token);
        },
      },
    },
  ],
  "person.signUp": [
    {
      rows: {
        "a new address": async () => ({
          name: "New",
          email: `${v7()}@example.org`,
          password: PASSWORD,
        }),
        "an address that is known": async ({ scene }) => ({
          name: "New",
          email: `${scene.others.otto.userId}@example.org`,
          password: PASSWORD,
        }),
      },
    },
  ],
  "person.requestLink": [
    {
      rows: {
        "an address that is known": async () => ({
          email: `${await makeUser("Known")}@example.org`,
        }),
        "an address that is not": async () => ({ email: `${v7()}@example.org` }),
      },
    },
  ],
  "person.me": [{ rows: { oneself: async () => undefined } }],
  "person.mailbox": [{ rows: { "outside the demo": async () => undefined } }],
  "person.sessions": [{ rows: { oneself: async () => undefined } }],
  "person.endSession": [
    {
      rows: {
        own: async ({ person }) => ({
          id: person ? await openSession(person.userId, "", new Date()) : v7(),
        }),
        "another's": async ({ scene }) => ({
          id: await openSession(scene.others.otto.userId, "", new Date()),
        }),
      },
    },
  ],
  "person.revocations": [{ rows: { oneself: async () => undefined } }],
  "person.dismissRevocations": [{ rows: { own: async () => undefined } }],
  "person.endOtherSessions": [{ rows: { own: async () => undefined } }],
  "person.setLanguage": [{ rows: { own: async () => ({ language: "es" }) } }],
  "person.chooseDates": [{ rows: { own: async () => ({ clock: "h12", firstDay: 7 }) } }],
  "person.calendar": [{ rows: { own: async () => undefined } }],
  "person.renewCalendar": [{ rows: { own: async () => undefined } }],
  "person.stopCalendar": [{ rows: { own: async () => undefined } }],
  "person.changePassword": [
    {
      rows: {
        "with a wrong password": async ({ person }) => {
          const passwordHash = await hashPassword("the right one");
          if (person)
            await db.user.update({ where: { id: person.userId }, data: { passwordHash } });
          return { current: "wrong", password: PASSWORD };
        },
        "without one, from an old session": async ({ person }) => {
          const where = { id: person?.userId ?? "" };
          if (person) await db.user.update({ where, data: { passwordHash: null } });
          return { current: "", password: PASSWORD };
        },
      },
    },
  ],
  "person.changeEmail": [
    {
      rows: {
        "with a wrong password": async ({ person }) => {
          const passwordHash = await hashPassword("the right one");
          if (person)
            await db.user.update({ where: { id: person.userId }, data: { passwordHash } });
          return { current: "wrong", email: `${v7()}@example.org` };
        },
        "without one, from an old session": async ({ person }) => {
          const where = { id: person?.userId ?? "" };
          if (person) await db.user.update({ where, data: { passwordHash: null } });
          return { current: "", email: `${v7()}@example.org` };
        },
      },
    },
  ],
  "person.newEmail": [{ rows: emailLinks }],
  "person.confirmEmail": [{ rows: emailLinks }],
  "community.open": [{ rows: { all: async () => undefined } }],
  "community.front": [
    {
      rows: {
        "open to all": open,
        "by invitation, without one": closed,
        "with an invitation": async (own) => ({
          ...(await closed(own)),
          token: await tokenOf(own),
        }),
        "with a wrong one": async (own) => ({ ...(await closed(own)), token: newToken() }),
      },
    },
  ],
  "community.join": [
    {
      rows: {
        "by invitation, without one": closed,
        "with a wrong one": async (own) => ({ ...(await closed(own)), token: newToken() }),
      },
    },
  ],
  "community.create": [
    {
      rows: {
        "a new one": async () => ({ name: `New ${v7().slice(-8)}`, language: "en", timeZone }),
      },
    },
  ],
  "community.here": [{ place: here }],
  "community.update": [
    {
      place: ({ community }) => ({
        community,
        name: "Test",
        about: "",
        language: "en",
        timeZone,
        joining: "invitation",
        ...rules,
      }),
    },
  ],
  "community.overview": [{ place: here }],
  "community.invitations": [{ place: here }],
  "community.invite": [
    { place: ({ community }) => ({ community, label: "", days: 1, maxUses: 1 }) },
  ],
  "community.withdrawInvitation": [{ object: invitation, input: named }],
  "privacy.read": [
    {
      rows: {
        "open to all": open,
        "by invitation, without one": closed,
        "with an invitation": async (own) => ({
          ...(await closed(own)),
          token: await tokenOf(own),
        }),
        "with a wrong one": async (own) => ({ ...(await closed(own)), token: newToken() }),
      },
    },
  ],
  "privacy.details": [{ place: here }],
  "privacy.update": [{ place: ({ community }) => ({ community, ...privacyNotice() }) }],
  "member.list": [{ place: here }],
  "member.get": [{ object: themselves, input: named }],
  "member.newcomers": [{ place: here }],
  "member.vouch": [{ object: themselves, input: named }],
  "member.updateProfile": [{ place: ({ community }) => ({ community, ...profile }) }],
  "neighbourhood.list": [{ place: here }],
  "neighbourhood.add": [
    { place: ({ community }) => ({ community, id: v7(), name: v7(), point: somewhere }) },
  ],
  "neighbourhood.update": [
    { object: neighbourhood, input: (at) => ({ ...named(at), name: v7(), point: somewhere }) },
  ],
  "neighbourhood.remove": [{ object: neighbourhood, input: named }],
  "listing.browse": [{ place: here }],
  "listing.places": [{ place: ({ community }) => ({ community, ids: [v7()] }) }],
  "listing.get": [{ object: openListing, input: named }],
  "listing.mine": [{ place: here }],
  "listing.create": [{ place: ({ community }) => ({ community, id: v7(), ...listing }) }],
  "listing.update": [{ object: openListing, input: (at) => ({ ...named(at), ...listing }) }],
  "listing.renew": [{ object: openListing, input: named }],
  "listing.pause": [{ object: openListing, input: named }],
  "listing.close": [{ object: openListing, input: named }],
  "match.forListing": [{ object: openListing, input: named }],
  "match.mine": [{ place: here }],
  "exchange.mine": [{ place: ({ community }) => ({ community, part: "open" }) }],
  "exchange.get": [
    { variant: "proposed", object: proposed, input: named },
    { variant: "agreed", object: agreed, input: named },
  ],
  "exchange.propose": [
    {
      variant: "by a listing",
      object: openListing,
      input: ({ community, id: listingId }) => ({
        community,
        id: v7(),
        listingId,
        ...what,
        ...terms(),
        note: "",
        confirmedDuplicate: true,
      }),
    },
    {
      variant: "to a person",
      object: themselves,
      input: ({ community, id: otherId }) => ({
        community,
        id: v7(),
        otherId,
        mySide: "giver",
        ...what,
        ...terms(),
        note: "",
        confirmedDuplicate: true,
      }),
    },
  ],
  "exchange.record": [
    {
      variant: "with a person",
      object: themselves,
      input: ({ community, id: otherId }) => ({
        community,
        id: v7(),
        otherId,
        mySide: "receiver",
        ...what,

        date: new Date().toISOString().slice(0, 10),
        minutes: 15,
        note: "",
        confirmedDuplicate: true,
      }),
      now: new Date(`${new Date().toISOString().slice(0, 10)}T23:00:00Z`),
    },
  ],
  "exchange.counter": [{ object: proposed, input: (at) => ({ ...versioned(at), ...terms() }) }],
  "exchange.agreeSeries": [
    {
      object: proposed,
      input: ({ community, id, version }) => ({ community, seen: [{ id, version }] }),
    },
  ],
  "exchange.requestReschedule": [
    { object: agreed, input: (at) => ({ ...reasoned(at), ...momentOf(terms()) }) },
  ],
  "exchange.acceptReschedule": [{ object: rescheduling, input: versioned }],
  "exchange.cancelReschedule": [{ object: rescheduling, input: versioned }],
  "exchange.reportDelay": [{ object: agreed, input: (at) => ({ ...versioned(at), minutes: 20 }) }],
  "exchange.markNotHappened": [
    { object: agreed, input: (at) => ({ ...reasoned(at), cause: "weather" }), now: AFTER },
  ],
  "exchange.agree": [{ object: proposed, input: versioned }],
  "exchange.decline": [{ object: proposed, input: reasoned }],
  "exchange.withdraw": [{ object: proposed, input: versioned }],
  "exchange.cancel": [{ object: agreed, input: reasoned }],
  "exchange.report": [
    { object: agreed, input: (at) => ({ ...versioned(at), minutes: 60 }), now: AFTER },
  ],
  "exchange.confirm": [{ object: reported, input: versioned }],
  "exchange.dispute": [{ object: reported, input: reasoned }],
  "exchange.resolveWithHours": [
    { object: disputed, input: (at) => ({ ...reasoned(at), minutes: 45 }) },
  ],
  "exchange.resolveWithoutHours": [{ object: disputed, input: reasoned }],
  "exchange.reverse": [{ object: settled, input: reasoned }],
  "exchange.returnHours": [{ object: credited, input: reasoned }],
  "exchange.note": [
    {
      object: agreed,
      input: ({ community, id: exchangeId }) => ({ community, id: v7(), exchangeId, text: "Yes!" }),
    },
  ],
  "availability.mine": [{ place: here }],
  "availability.saveWeek": [
    {
      place: ({ community }) => ({
        community,
        week: [{ weekday: 1, starts: 540, ends: 720 }],
        travelMinutes: 15,
      }),
    },
  ],
  "availability.addOverride": [
    {
      place: ({ community }) => ({
        community,
        id: v7(),
        firstDay: "2027-01-01",
        lastDay: "2027-01-02",
        starts: null,
        ends: null,
      }),
    },
  ],
  "availability.removeOverride": [{ object: exception, input: named }],
  "availability.slots": [
    {
      object: themselves,
      input: ({ community, id: memberId }) => ({ community, memberId, minutes: 60, days: 7 }),
    },
  ],
  "notification.mine": [{ place: here }],
  "notification.markSeen": [
    { place: here },
    {
      variant: "about an exchange",
      object: proposed,
      input: ({ community, id: exchangeId }) => ({ community, exchangeId }),
    },
  ],
  "notification.settings": [{ place: here }],
  "notification.updateSettings": [
    { place: ({ community }) => ({ community, ...defaultSettings, mail: [], push: [] }) },
  ],
  "notification.resumeMail": [{ place: here }],
  "notification.unsubscribing": [{ rows: { "a wrong link": async () => ({ token: newToken() }) } }],
  "push.mine": [{ rows: { own: async () => undefined } }],
  "push.subscribe": [
    {
      rows: {
        own: async () => subscription(),
        "at a private address": async () => ({ ...subscription(), endpoint: "https://127.0.0.1/" }),
      },
    },
  ],
  "push.chooseText": [
    {
      rows: {
        own: async ({ person }) => ({ id: await subscribed(person?.userId), fullText: true }),
        "another's": async ({ scene }) => ({
          id: await subscribed(scene.others.otto.userId),
          fullText: true,
        }),
      },
    },
  ],
  "push.unsubscribe": [
    {
      rows: {
        own: async ({ person }) => ({ id: await subscribed(person?.userId) }),
        "another's": async ({ scene }) => ({ id: await subscribed(scene.others.otto.userId) }),
      },
    },
  ],
  "thanks.forMember": [{ object: themselves, input: named }],
  "thanks.forExchange": [{ object: worded, input: named }],
  "thanks.write": [
    {
      object: settled,
      input: ({ community, id: exchangeId }) => ({ community, exchangeId, text: "Thanks!" }),
    },
  ],
  "thanks.withdraw": [
    { object: worded, input: ({ community, id: exchangeId }) => ({ community, exchangeId }) },
  ],
  "thanks.hide": [
    {
      object: worded,
      input: ({ community, id: exchangeId }) => ({ community, exchangeId, isHidden: true }),
    },
  ],
  "thanks.shareWithCoordinators": [
    {
      object: settled,
      input: ({ community, id: exchangeId }) => ({ community, exchangeId, text: "Hm." }),
    },
  ],
  // Thanks for one's own exchange, and for another's.
  "thanks.words": [{ object: worded, input: here }],
  "photo.remove": [
    { variant: "of oneself", place: here },
    {
      variant: "of a listing",
      object: openListing,
      input: ({ community, id: listingId }) => ({ community, listingId }),
    },
  ],
  "account.neighbours": [{ place: here }],
  "account.mine": [{ place: here }],
  "account.statement": [
    { object: themselves, input: ({ community, id: memberId }) => ({ community, memberId }) },
  ],
  "account.of": [
    { object: themselves, input: ({ community, id: memberId }) => ({ community, memberId }) },
  ],
  "account.wholeStatement": [
    { object: themselves, input: ({ community, id: memberId }) => ({ community, memberId }) },
  ],
  "account.year": [
    { object: themselves, input: ({ community, id: memberId }) => ({ community, memberId }) },
  ],
  "account.fund": [{ place: here }],
  "home.waiting": [{ place: here }],
  "home.get": [{ place: here }],
  "search.saved": [{ place: here }],
  "search.save": [{ place: ({ community }) => ({ community, id: v7(), words: "piano" }) }],
  "search.seen": [{ object: keptSearch, input: named }],
  "search.deleteSaved": [{ object: keptSearch, input: named }],
};
