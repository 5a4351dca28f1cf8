import { v7 } from "uuid";
import { DomainError } from "../../../domain/kernel/errors";
import { seededRandom } from "../../../scripts/lib/random";
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
import { clearRateLimits, openDatabase } from "../../kit/database";
import { check, exercised, type Proof } from "../proof";

/** Sign-ins that run while credentials are revoked; below the rate limit of one address. */
const SIGN_INS = 8;

/** Acceptable errors: the credential was revoked first. */
const FAIR = new Set(["wrongSignIn", "signInFirst", "signInAgain", "wrongPassword"]);

const EVENTS = ["password", "address", "verification"] as const;
type Event = (typeof EVENTS)[number];

export const proof: Proof<{ rounds: number }> = {
  name: "access",
  claim:
    "While a password or an e-mail address changes, an address is verified for the first time, or sessions are ended, with any number of sign-ins running: afterwards no session, calendar address or known device remains that was created with a revoked credential.",
  long: { rounds: 400 },
  short: { rounds: 8 },
  bug: {
    name: "a session opens without checking that the credential is still valid",
    counts: { rounds: 8 },
  },
  async run({ counts, seed, planted, say, atEnd }) {
    await openDatabase({ atEnd });
    const random = seededRandom(seed).next;
    const tally = new Map<string, number>();
    const note = (word: string) => tally.set(word, (tally.get(word) ?? 0) + 1);
    for (let round = 0; round < counts.rounds; round += 1) {
      await clearRateLimits();
      await race(EVENTS[round % EVENTS.length] as Event, random, planted, note);
      await raceSessions(random, note);
      if ((round + 1) % 50 === 0) say(`${round + 1} rounds`);
    }
    exercised(tally.get("refused") ?? 0, "no sign-in came after the revocation");
    exercised(tally.get("opened") ?? 0, "no sign-in came before the revocation");
    return Object.fromEntries(tally);
  },
};

/** Many sign-ins to one account with credentials that are about to be revoked, while they are revoked. */
async function race(
  event: Event,
  random: () => number,
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

  // A new password or address does not revoke the provider's identity.
  const revokesIdentity = event === "verification";
  const signIns = Array.from({ length: SIGN_INS }, async (_, index) => {
    await turns(Math.floor(random() * 40));
    const verified = await (revokesIdentity && index % 3 === 0 ? byIdentity() : byPassword());
    await turns(Math.floor(random() * 40));
    const sessionId = await open(verified, "rival");
    await renewCalendar({ userId, sessionId }, new Date());
  });
  await turns(Math.floor(random() * 60));
  const revocation = act(event, mine, { email, password });
  const outcomes = await Promise.allSettled([revocation, ...signIns]);
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
    const newPassword = { current: old.password, password: "four odd words!" };
    return changePassword(mine, newPassword, "en", now);
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

/** Parallel sessions that end each other or change the password: at most one may remain. */
async function raceSessions(random: () => number, note: (word: string) => void): Promise<void> {
  const now = new Date();
  const email = `${v7()}@example.org`;
  const password = "three odd words";
  await signUp({ name: "Rosa", email, password }, now);
  const verified = await signInByPassword(email, password, { address: v7() });
  const outcomes = await Promise.allSettled(
    Array.from({ length: SIGN_INS / 2 }, async (_, index) => {
      const sessionId = await startSession(verified, "rival", now);
      const actor = { userId: verified.userId, sessionId };
      await turns(Math.floor(random() * 40));
      if (index % 2 === 0) return endOtherSessions(actor, "en", now);
      const newPassword = { current: password, password: `four odd words ${index}` };
      return changePassword(actor, newPassword, "en", now);
    }),
  );
  outcomes.forEach((outcome) => {
    judge(outcome, "sessions", note);
  });
  const remaining = await db.session.count({ where: { userId: verified.userId, endedAt: null } });
  check(remaining <= 1, `${remaining} sessions remain after each ended the others`);
}

/** @throws Violated when the request failed otherwise than by an acceptable error */
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

/** The planted bug: uses the current credential version instead of the verified one. */
async function versionNow({ userId }: Verified): Promise<Verified> {
  const { credentialVersion } = await db.user.findUniqueOrThrow({ where: { id: userId } });
  return { userId, credentialVersion };
}

/** Yields to the event loop `count` times, without a timer. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}
