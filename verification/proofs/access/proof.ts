import { v7 } from "uuid";
import { DomainError } from "../../../domain/kernel/errors";
import { renewCalendar } from "../../../server/calendar/commands";
import { confirmEmail } from "../../../server/identity/change-email";
import { changePassword } from "../../../server/identity/change-password";
import {
  endOtherSessions,
  type RecentSignIn,
  startSession,
  type Verified,
} from "../../../server/identity/session";
import { signInByIdentity, signInByLink, signInByPassword } from "../../../server/identity/sign-in";
import { signUp } from "../../../server/identity/sign-up";
import { db } from "../../../server/platform/db/client";
import { hashToken, newToken } from "../../../server/platform/tokens";
import { forgetRates, openWorld } from "../../kit/database";
import { chanceFrom, check, exercised, type Proof } from "../proof";

/** Sign-ins that are under way while credentials are revoked; fewer than one address may try. */
const SIGN_INS = 8;

/** What may be answered: yes, or that what was verified does not stand any more. */
const FAIR = new Set(["wrongSignIn", "signInFirst", "signInAgain", "wrongPassword"]);

const EVENTS = ["password", "address", "verification"] as const;
type Event = (typeof EVENTS)[number];

export const proof: Proof<{ rounds: number }> = {
  name: "access",
  claim:
    "However many sign in while a password or an address of e-mail changes, an address is verified for the first time or sessions are ended: afterwards no session, calendar address or known device lives that was made with a revoked credential.",
  long: { rounds: 400 },
  short: { rounds: 8 },
  bug: {
    name: "a session is opened without looking whether the credential still stands",
    counts: { rounds: 8 },
  },
  async run({ counts, seed, planted, say, atEnd }) {
    await openWorld({ atEnd });
    const chance = chanceFrom(seed);
    const tally = new Map<string, number>();
    const note = (word: string) => tally.set(word, (tally.get(word) ?? 0) + 1);
    for (let round = 0; round < counts.rounds; round += 1) {
      await forgetRates();
      await race(EVENTS[round % EVENTS.length] as Event, chance, planted, note);
      await raceSessions(chance, note);
      if ((round + 1) % 50 === 0) say(`${round + 1} rounds`);
    }
    exercised(tally.get("refused") ?? 0, "no sign-in came too late");
    exercised(tally.get("opened") ?? 0, "no sign-in came in time");
    return Object.fromEntries(tally);
  },
};

/** One account, many sign-ins by what is about to be revoked, and the event in their midst. */
async function race(
  event: Event,
  chance: () => number,
  planted: boolean,
  note: (word: string) => void,
): Promise<void> {
  const now = new Date();
  const email = `${v7()}@example.org`;
  const password = "three odd words";
  await signUp({ name: "Rosa", email, password }, now);
  const { id: userId } = await db.user.findUniqueOrThrow({ where: { email } });
  const identity = { issuer: "https://login.example", subject: v7() };
  await db.identity.create({ data: { ...identity, userId } });
  const byPassword = () => signInByPassword(email, password, { address: v7() });
  const byIdentity = () =>
    signInByIdentity({ ...identity, emailVerified: false }, { locale: "en", fallback: "New" }, now);
  const open = async (verified: Verified, what: string) =>
    startSession(planted ? await versionNow(verified) : verified, what, new Date(), newToken());
  const mine: RecentSignIn = { userId, sessionId: await open(await byPassword(), "owner") };

  // A new password or address leaves the provider's identity with its owner.
  const revokesIdentity = event === "verification";
  const signIns = Array.from({ length: SIGN_INS }, async (_, index) => {
    await turns(Math.floor(chance() * 40));
    const verified = await (revokesIdentity && index % 3 === 0 ? byIdentity() : byPassword());
    await turns(Math.floor(chance() * 40));
    const sessionId = await open(verified, "rival");
    await renewCalendar({ userId, sessionId }, new Date());
  });
  await turns(Math.floor(chance() * 60));
  const happening = act(event, mine, { email, password });
  const outcomes = await Promise.allSettled([happening, ...signIns]);
  for (const outcome of outcomes) judge(outcome, event, note);
  const rivals = await db.session.count({ where: { userId, endedAt: null, userAgent: "rival" } });
  check(rivals === 0, `${rivals} sessions outlived "${event}"`);
  const devices = await db.knownDevice.count({
    where: { userId, NOT: { sessionId: mine.sessionId } },
  });
  check(devices === 0, `${devices} known devices outlived "${event}"`);
  const calendars = await db.calendarFeed.count({ where: { userId } });
  check(calendars === 0, `a calendar address outlived "${event}"`);
}

async function act(event: Event, mine: RecentSignIn, old: { email: string; password: string }) {
  const now = new Date();
  const { userId } = mine;
  const token = newToken();
  const expiresAt = new Date(now.getTime() + 60_000);
  if (event === "password") {
    const wanted = { current: old.password, password: "four odd words!" };
    return changePassword(mine, wanted, "en", now);
  }
  if (event === "address") {
    const email = `${v7()}@example.org`;
    await db.emailChange.create({
      data: { userId, email, tokenHash: hashToken(token), expiresAt },
    });
    return confirmEmail(mine, token, "en", now);
  }
  await db.signInLink.create({
    data: { tokenHash: hashToken(token), userId, createdAt: now, expiresAt },
  });
  return signInByLink(token, { address: v7() }, "en", now);
}

/** Sessions that end each other and choose a new password, all at once: one at most is left. */
async function raceSessions(chance: () => number, note: (word: string) => void): Promise<void> {
  const now = new Date();
  const email = `${v7()}@example.org`;
  const password = "three odd words";
  await signUp({ name: "Rosa", email, password }, now);
  const verified = await signInByPassword(email, password, { address: v7() });
  const outcomes = await Promise.allSettled(
    Array.from({ length: SIGN_INS / 2 }, async (_, index) => {
      const sessionId = await startSession(verified, "rival", now);
      const actor = { userId: verified.userId, sessionId };
      await turns(Math.floor(chance() * 40));
      if (index % 2 === 0) return endOtherSessions(actor, "en", now);
      const wanted = { current: password, password: `four odd words ${index}` };
      return changePassword(actor, wanted, "en", now);
    }),
  );
  outcomes.forEach((outcome) => {
    judge(outcome, "sessions", note);
  });
  const living = await db.session.count({ where: { userId: verified.userId, endedAt: null } });
  check(living <= 1, `${living} sessions live after each ended the others`);
}

/** @throws Broken when it failed otherwise than by a refusal that the race explains */
function judge(
  outcome: PromiseSettledResult<unknown>,
  event: string,
  note: (word: string) => void,
) {
  if (outcome.status === "fulfilled") return note("opened");
  const { reason } = outcome;
  const isFair = reason instanceof DomainError && FAIR.has(reason.code);
  check(isFair, `a request of "${event}" failed: ${String(reason)}`);
  note("refused");
}

/** The bug: whatever was verified, the version of now is taken. */
async function versionNow({ userId }: Verified): Promise<Verified> {
  const { credentialVersion } = await db.user.findUniqueOrThrow({ where: { id: userId } });
  return { userId, credentialVersion };
}

/** Lets others go first, so many times; no clock is asked. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}
