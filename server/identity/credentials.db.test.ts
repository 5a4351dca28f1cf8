/** Revocation of credentials, also with races and a wrong clock. */
import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { credentialKinds, revocationCauses } from "../../domain/identity/credential";
import { boundClock } from "../api/clock";
import { ownerOfCalendar, renewCalendar } from "../calendar/commands";
import { claimInstallation } from "../community/claim-installation";
import { prepareSetupLink } from "../community/prepare-setup-link";
import { db } from "../platform/db/client";
import { owner } from "../platform/db/testing/pools";
import { untilLocksWait } from "../platform/db/testing/waiting";
import { readableMail } from "../platform/mail/post-mail";
import { deleteOldMails, sendMail } from "../platform/mail/send-mail";
import { requireWithinRate } from "../platform/rate-limit";
import { hashToken, newToken, sealToken, unsealToken } from "../platform/tokens";
import { makeUser, openSession, procedures } from "../testing/people";
import { changeEmail, confirmEmail } from "./change-email";
import { changePassword } from "./change-password";
import { credentials, otherCredentials } from "./credentials";
import { requestSignInLink } from "./request-sign-in-link";
import { endOtherSessions, endSession, resumeSession, startSession } from "./session";
import { signInByIdentity, signInByLink, signInByPassword } from "./sign-in";

const PASSWORD = "three odd words";
const OTHER = "four odd words!";
const DAY = 86_400_000;
const now = new Date();
const ahead = new Date(now.getTime() + 10 * DAY);
const english = { locale: "en" } as const;
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  );
/** A visitor on an unknown device, from a new network. */
const tryPassword = (email: string, password: string, device?: string) =>
  signInByPassword(email, password, { address: v7(), device });
const tryLink = (token: string, at = now) => signInByLink(token, { address: v7() }, "en", at);

async function signedUp(name = "Rosa") {
  const email = `${v7()}@example.org`;
  await procedures(null).person.signUp({ name, email, password: PASSWORD });
  return email;
}
/** A user who signed up and signed in by password. */
async function signedIn() {
  const email = await signedUp();
  const verified = await tryPassword(email, PASSWORD);
  const sessionId = await startSession(verified, "Rosa's", now);
  return { email, verified, actor: { userId: verified.userId, sessionId } };
}
async function linkFor(userId: string, expiresAt = new Date(now.getTime() + 60_000)) {
  const token = newToken();
  await db.signInLink.create({
    data: { tokenHash: hashToken(token), userId, createdAt: now, expiresAt },
  });
  return token;
}
async function mailsTo(recipient: string) {
  const stored = await db.mail.findMany({
    where: { recipient },
    include: { token: true },
    orderBy: { createdAt: "asc" },
  });
  return stored.map((mail) => ({ stored: mail, read: readableMail(mail) }));
}
const tokenIn = async (recipient: string) => {
  const [mail] = await mailsTo(recipient);
  return /(?:link|email)\/([\w-]{43})/.exec(mail?.read?.text ?? "")?.[1] ?? "";
};

describe("a sign-in in progress", () => {
  it("opens no session with a password that was changed meanwhile", async () => {
    const { email, actor } = await signedIn();
    const verified = await tryPassword(email, PASSWORD);
    await changePassword(actor, { current: PASSWORD, password: OTHER }, "en", now);
    expect(await refusal(startSession(verified, "Mallory's", now))).toBe("wrongSignIn");
  });

  it("opens no session once the address of e-mail has changed", async () => {
    const { email, actor } = await signedIn();
    const verified = await tryPassword(email, PASSWORD);
    const wanted = `${v7()}@example.org`;
    await changeEmail(
      actor,
      { email: wanted, again: wanted, current: PASSWORD },
      "en",
      now,
      "nothing",
    );
    expect(await refusal(startSession(verified, "Mallory's", now))).toBe("wrongSignIn");
  });

  it("opens no session once the owner has verified the address", async () => {
    const email = await signedUp();
    const verified = await tryPassword(email, PASSWORD);
    await tryLink(await linkFor(verified.userId));
    expect(await refusal(startSession(verified, "Mallory's", now))).toBe("wrongSignIn");
  });

  it("opens no session for an identity that was revoked meanwhile", async () => {
    const { verified, actor } = await signedIn();
    const identity = { issuer: "https://login.example", subject: v7() };
    await db.identity.create({ data: { ...identity, userId: actor.userId } });
    const claims = { ...identity, emailVerified: false };
    const found = await signInByIdentity(claims, { ...english, fallback: "New" }, now);
    expect(found).toEqual(verified);
    await tryLink(await linkFor(actor.userId));
    expect(await refusal(startSession(found, "Mallory's", now))).toBe("wrongSignIn");
    expect(await refusal(signInByIdentity(claims, { ...english, fallback: "New" }, now))).toBe(
      "wrongSignIn",
    );
  });
});

describe("a change of a credential", () => {
  it("is refused when the session ended after the request arrived", async () => {
    const { actor } = await signedIn();
    await endSession(actor.userId, actor.sessionId, now);
    const change = changePassword(actor, { current: PASSWORD, password: OTHER }, "en", now);
    expect(await refusal(change)).toBe("signInFirst");
    expect(await refusal(renewCalendar(actor, now))).toBe("signInFirst");
    expect(await refusal(endOtherSessions(actor, "en", now))).toBe("signInFirst");
    expect(await refusal(confirmEmail(actor, newToken(), "en", now))).toBe("signInFirst");
  });

  it("succeeds once for two concurrent requests with the same password", async () => {
    const { actor } = await signedIn();
    const change = (password: string) =>
      refusal(changePassword(actor, { current: PASSWORD, password }, "en", now));
    let both: Promise<unknown[]> = Promise.resolve([]);
    await db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM "user" WHERE id = ${actor.userId}::uuid FOR UPDATE`;
      both = Promise.all([change(OTHER), change("five odd words!!")]);
      // Both have verified the password before either has changed it.
      await untilLocksWait(2, both);
    });
    expect((await both).sort()).toEqual(["accepted", "signInAgain"]);
  });
});

describe("the list of credentials", () => {
  const SECRET = /\.\w*(token|hash|secret|sealed|password|endpoint|p256dh)/;

  it("names every column that holds a token or a hash", async () => {
    const { rows } = await owner().query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public'`,
    );
    const listed = new Set([
      ...Object.values(credentials).map(({ column }) => column),
      ...Object.keys(otherCredentials),
    ]);
    const names = rows.map(({ name }) => name);
    expect(names.filter((name) => SECRET.test(name) && !listed.has(name))).toEqual([]);
    expect([...listed].filter((name) => !names.includes(name))).toEqual([]);
  });

  it("names every table of a user, except those without credentials", async () => {
    const { rows } = await owner().query<{ name: string }>(
      // An acting_user_id says who acted; the row belongs to the member.
      `SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint
       WHERE contype = 'f' AND confrelid = '"user"'::regclass AND NOT EXISTS (
         SELECT FROM pg_attribute
         WHERE attrelid = conrelid AND attnum = ANY (conkey) AND attname = 'acting_user_id')
       ORDER BY 1`,
    );
    const listed = Object.values(credentials).map(({ column }) => column.split(".")[0]);
    const others = ["member", "revocation"];
    expect(rows.map(({ name }) => name).filter((name) => !listed.includes(name))).toEqual(others);
  });

  /** A user with one of each credential, besides the calling session. */
  async function withAll() {
    const { email, actor } = await signedIn();
    const { userId } = actor;
    const device = newToken();
    const elsewhere = await openSession(userId, "Mallory's", now);
    await db.knownDevice.create({
      data: { userId, tokenHash: hashToken(device), sessionId: elsewhere, lastUsedAt: now },
    });
    const link = await linkFor(userId);
    const { token: calendar } = await renewCalendar(actor, now);
    await db.identity.create({
      data: { issuer: "https://login.example", subject: v7(), userId },
    });
    await db.pushSubscription.create({
      data: {
        id: v7(),
        userId,
        sessionId: elsewhere,
        endpoint: v7(),
        p256dh: "B",
        authSecret: "a",
        fullText: false,
        createdAt: now,
      },
    });
    const wanted = `${v7()}@example.org`;
    await changeEmail(actor, { email: wanted, current: PASSWORD }, "en", now, "letter");
    return { email, actor, elsewhere, link, calendar, device };
  }
  const left = async (userId: string) => ({
    password: await db.user.count({ where: { id: userId, passwordHash: { not: null } } }),
    session: await db.session.count({ where: { userId, endedAt: null } }),
    signInLink: await db.signInLink.count({ where: { userId, usedAt: null } }),
    emailChange: await db.emailChange.count({ where: { userId } }),
    calendar: await db.calendarFeed.count({ where: { userId } }),
    provider: await db.identity.count({ where: { userId } }),
    device: await db.knownDevice.count({ where: { userId } }),
    push: await db.pushSubscription.count({ where: { userId } }),
  });
  const nothing = Object.fromEntries(credentialKinds.map((kind) => [kind, 0]));

  it("is revoked completely by the first verification of an address", async () => {
    const { email, actor, elsewhere, link, calendar } = await withAll();
    await tryLink(link);
    expect(await left(actor.userId)).toEqual(nothing);
    expect(await resumeSession(elsewhere, now)).toBeNull();
    expect(await ownerOfCalendar(calendar)).toBeNull();
    expect(await refusal(tryPassword(email, PASSWORD))).toBe("wrongSignIn");
  });

  it("is revoked by a new password, except password, provider and this device", async () => {
    const { actor } = await withAll();
    await changePassword(actor, { current: PASSWORD, password: OTHER }, "en", now);
    const remaining = { password: 1, session: 1, provider: 1 };
    expect(await left(actor.userId)).toEqual({ ...nothing, ...remaining });
  });

  it("is revoked by a new address, except password, provider and this device", async () => {
    const { actor } = await withAll();
    const wanted = `${v7()}@example.org`;
    await changeEmail(actor, { email: wanted, current: PASSWORD }, "en", now, "letter");
    await confirmEmail(actor, await tokenIn(wanted), "en", now);
    const remaining = { password: 1, session: 1, provider: 1 };
    expect(await left(actor.userId)).toEqual({ ...nothing, ...remaining });
  });

  it("is revoked by signing out other devices, except password, provider and this device", async () => {
    const { email, actor, elsewhere, calendar } = await withAll();
    const verified = await tryPassword(email, PASSWORD);
    await db.user.update({ where: { email }, data: { emailVerifiedAt: now } });
    await endOtherSessions(actor, "en", now);
    const remaining = { password: 1, session: 1, provider: 1 };
    expect(await left(actor.userId)).toEqual({ ...nothing, ...remaining });
    expect(await resumeSession(elsewhere, now)).toBeNull();
    expect(await ownerOfCalendar(calendar)).toBeNull();
    // A sign-in in progress fails too.
    expect(await refusal(startSession(verified, "Mallory's", now))).toBe("wrongSignIn");
    const notice = { cause: "othersSignedOut", revoked: ["signInLink", "emailChange", "calendar"] };
    expect(await procedures(actor.userId).person.revocations()).toMatchObject([notice]);
    expect(await mailsTo(email)).toHaveLength(1);
    // The notice omits what the user requested.
    await procedures(actor.userId).person.dismissRevocations();
    await openSession(actor.userId, "Mallory's", now);
    await endOtherSessions(actor, "en", now);
    expect(await procedures(actor.userId).person.revocations()).toEqual([]);
  });

  it("is reported with its cause on the page and by e-mail, until the user has read it", async () => {
    const { email, actor, link } = await withAll();
    const { userId, credentialVersion } = await tryLink(link);
    const sessionId = await startSession({ userId, credentialVersion }, "Rosa's", now);
    expect(await resumeSession(sessionId, now)).toMatchObject({ hasNotice: true });
    const rosa = procedures(actor.userId);
    expect(await rosa.person.revocations()).toMatchObject([
      {
        cause: revocationCauses[0],
        revoked: ["password", "session", "emailChange", "calendar", "provider"],
      },
    ]);
    const [mail] = await mailsTo(email);
    expect(mail?.stored.text).toContain("The password: it does not work any more.");
    expect(mail?.stored.text).not.toContain("Rosa");
    await rosa.person.dismissRevocations();
    expect(await rosa.person.revocations()).toEqual([]);
    expect(await resumeSession(sessionId, now)).toMatchObject({ hasNotice: false });
  });

  it("causes no notice when nothing was revoked", async () => {
    const userId = await makeUser("Rosa");
    await tryLink(await linkFor(userId));
    expect(await procedures(userId).person.revocations()).toEqual([]);
  });
});

describe("a clock that ran ten days ahead", () => {
  it("locks nobody out once it is right again", async () => {
    const key = v7();
    for (let count = 0; count < 239; count += 1) await requireWithinRate("write", key, ahead);
    expect(await refusal(requireWithinRate("write", key, now))).toBe("accepted");
    const aMinuteLater = new Date(now.getTime() + 60_001);
    for (let count = 0; count < 9; count += 1) {
      expect(await refusal(requireWithinRate("write", key, aMinuteLater))).toBe("accepted");
    }
  });

  it("leaves no session that outlives its own duration", async () => {
    const inDays = (days: number) => new Date(now.getTime() + days * DAY);
    const userId = await makeUser("Rosa");
    const used = await openSession(userId, "Firefox", ahead);
    expect(await resumeSession(used, now)).toMatchObject({ userId });
    expect(await resumeSession(used, inDays(31))).toBeNull();
    const unused = await openSession(userId, "Firefox", ahead);
    await boundClock(owner(), now);
    expect(await resumeSession(unused, inDays(31))).toBeNull();
    const { expiresAt } = await db.session.findUniqueOrThrow({ where: { id: unused } });
    expect(expiresAt).toEqual(inDays(90));
  });

  it("leaves no session that counts as fresh", async () => {
    const userId = await makeUser("Rosa");
    const sessionId = await openSession(userId, "Firefox", ahead);
    const set = (at = now) =>
      changePassword({ userId, sessionId }, { current: "", password: PASSWORD }, "en", at);
    expect(await refusal(set())).toBe("signInAgain");
    await resumeSession(sessionId, now);
    expect(await refusal(set())).toBe("signInAgain");
    // Nor at the time that the wrong clock recorded.
    expect(await refusal(set(ahead))).toBe("signInAgain");
  });

  it("leaves no sign-in link and no link to a new address that works", async () => {
    const { email, actor } = await signedIn();
    await requestSignInLink(email, english, ahead);
    const token = await tokenIn(email);
    expect(await refusal(tryLink(token))).toBe("wrongSignIn");
    const wanted = `${v7()}@example.org`;
    await changeEmail(actor, { email: wanted, current: PASSWORD }, "en", ahead, "letter");
    const change = await tokenIn(wanted);
    expect(await refusal(confirmEmail(actor, change, "en", now))).toBe("emailLinkInvalid");
    await boundClock(owner(), now);
    // Nor on the day that the wrong clock recorded.
    expect(await refusal(tryLink(token, ahead))).toBe("wrongSignIn");
    expect(await refusal(confirmEmail(actor, change, "en", ahead))).toBe("emailLinkInvalid");
  });

  it("leaves no e-mail that waits for ten days", async () => {
    const email = await signedUp();
    await requestSignInLink(email, english, ahead);
    const [mail] = await mailsTo(email);
    await boundClock(owner(), now);
    const { rows } = await owner().query<{ run_at: Date }>(
      "SELECT run_at FROM graphile_worker._private_jobs WHERE key = $1",
      [`mail:${mail?.stored.id}`],
    );
    expect(rows[0]?.run_at).toEqual(now);
  });
});

describe("guessing a password", () => {
  const guess = async (email: string, times: number, device?: string) => {
    const answers: (string | undefined)[] = [];
    for (let count = 0; count < times; count += 1) {
      answers.push(await refusal(tryPassword(email, "guess", device)));
    }
    return answers;
  };

  it("gets no further attempts from the owner's success", async () => {
    const email = await signedUp();
    await guess(email, 9);
    expect(await refusal(tryPassword(email, PASSWORD))).toBe("accepted");
    expect(await guess(email, 2)).toEqual(["wrongSignIn", "tooManyAttempts"]);
  });

  it("does not lock out a device on which the owner signed in before", async () => {
    const email = await signedUp();
    const device = newToken();
    const known = await startSession(await tryPassword(email, PASSWORD), "Rosa's", now, device);
    await guess(email, 11);
    expect(await refusal(tryPassword(email, PASSWORD))).toBe("tooManyAttempts");
    expect(await refusal(tryPassword(email, PASSWORD, device))).toBe("accepted");
    // Another user's device does not help, and this one has no more attempts than others.
    expect(await refusal(tryPassword(email, PASSWORD, newToken()))).toBe("tooManyAttempts");
    expect((await guess(email, 11, device)).at(-1)).toBe("tooManyAttempts");
    expect(known).toBeTruthy();
  });

  it("does not lock out that device when its whole network is locked out", async () => {
    const email = await signedUp();
    const device = newToken();
    await startSession(await tryPassword(email, PASSWORD), "Rosa's", now, device);
    const address = v7();
    for (let count = 0; count < 100; count += 1) await requireWithinRate("signInAddress", address);
    const from = (by?: string) =>
      refusal(signInByPassword(email, PASSWORD, { address, device: by }));
    expect(await from()).toBe("tooManyAttempts");
    expect(await from(device)).toBe("accepted");
  });

  it("counts as a stranger's again once another device signed this one out", async () => {
    const { email, actor } = await signedIn();
    const [lost, stolen] = [newToken(), newToken()];
    const start = async (device: string) =>
      startSession(await tryPassword(email, PASSWORD), "Lost", now, device);
    const sessionId = await start(lost);
    await start(stolen);
    await guess(email, 11);
    await procedures(actor.userId, now, "en", actor.sessionId).person.endSession({ id: sessionId });
    expect(await refusal(tryPassword(email, PASSWORD, lost))).toBe("tooManyAttempts");
    expect(await refusal(tryPassword(email, PASSWORD, stolen))).toBe("accepted");
    await endOtherSessions(actor, "en", now);
    expect(await refusal(tryPassword(email, PASSWORD, stolen))).toBe("tooManyAttempts");
  });

  it("forgets a device that was not used for a year", async () => {
    const email = await signedUp();
    const device = newToken();
    const longAgo = new Date(now.getTime() - 366 * DAY);
    await startSession(await tryPassword(email, PASSWORD), "Rosa's", longAgo, device);
    await guess(email, 11);
    expect(await refusal(tryPassword(email, PASSWORD, device))).toBe("tooManyAttempts");
  });

  it("accepts an e-mail address of the maximum length", async () => {
    const email = `${"a".repeat(242)}@example.org`;
    expect(await refusal(tryPassword(email, PASSWORD))).toBe("wrongSignIn");
  });
});

describe("an e-mail to an address that is not verified", () => {
  it("contains no text that a stranger wrote", async () => {
    const email = await signedUp();
    // As an older version accepted it; sign-up now refuses a link in a name.
    const name = "https://evil.example/login please sign in";
    await db.user.update({ where: { email }, data: { name } });
    await requestSignInLink(email, english, now);
    const [mail] = await mailsTo(email);
    const { subject, text, html } = mail?.stored ?? {};
    expect(`${subject}${text}${html}`).not.toContain("evil");
  });
});

describe("e-mails to one address", () => {
  /** Clears the shorter limit, so that only the daily one applies. */
  const anotherQuarter = () => owner().query("DELETE FROM rate_limit WHERE key LIKE 'linkEmail:%'");

  it("are limited to twenty a day of all kinds, and the error says so", async () => {
    const email = `${v7()}@example.org`;
    const answers: (string | undefined)[] = [];
    for (let count = 0; count < 21; count += 1) {
      answers.push(await refusal(requestSignInLink(email, english, now)));
      await anotherQuarter();
    }
    expect(answers.slice(0, 20)).toEqual(Array(20).fill("accepted"));
    expect(answers[20]).toBe("tooManyMails");
    // The confirmation of a new address counts too.
    const { actor } = await signedIn();
    const change = changeEmail(actor, { email, current: PASSWORD }, "en", now, "letter");
    expect(await refusal(change)).toBe("tooManyMails");
  });

  it("are still sent for a known device after strangers exceeded the limit", async () => {
    const email = await signedUp();
    const { userId } = await tryPassword(email, PASSWORD);
    await tryLink(await linkFor(userId));
    const { credentialVersion } = await db.user.findUniqueOrThrow({ where: { id: userId } });
    const device = newToken();
    await startSession({ userId, credentialVersion }, "Rosa's", now, device);
    for (let count = 0; count < 6; count += 1) {
      await refusal(requestSignInLink(email, english, now));
    }
    expect(await refusal(requestSignInLink(email, english, now))).toBe("tooManyAttempts");
    expect(await refusal(requestSignInLink(email, { ...english, device }, now))).toBe("accepted");
  });

  it("are limited to twenty a day across the devices of a user with an unverified address", async () => {
    const email = await signedUp("Mallory");
    const answers: (string | undefined)[] = [];
    for (let count = 0; count < 5; count += 1) {
      const device = newToken();
      await startSession(await tryPassword(email, PASSWORD), "Mallory's", now, device);
      for (let asked = 0; asked < 5; asked += 1) {
        answers.push(await refusal(requestSignInLink(email, { ...english, device }, now)));
      }
      await anotherQuarter();
    }
    expect(answers.filter((answer) => answer === "accepted")).toHaveLength(20);
    expect(await mailsTo(email)).toHaveLength(20);
  });

  it("notify an owner of a revocation even after strangers exceeded the limit", async () => {
    const { email, actor } = await signedIn();
    await db.user.update({ where: { id: actor.userId }, data: { emailVerifiedAt: now } });
    for (let count = 0; count < 20; count += 1) {
      await requestSignInLink(email, english, now);
      await anotherQuarter();
    }
    await db.mail.deleteMany({ where: { recipient: email } });
    await changePassword(actor, { current: PASSWORD, password: OTHER }, "en", now);
    expect(await mailsTo(email)).toHaveLength(1);
    const wanted = `${v7()}@example.org`;
    await changeEmail(actor, { email: wanted, current: OTHER }, "en", now, "letter");
    await confirmEmail(actor, await tokenIn(wanted), "en", now);
    expect(await mailsTo(email)).toHaveLength(2);
  });
});

describe("a token in an e-mail", () => {
  it("is never stored in clear text, neither before nor after sending", async () => {
    const email = await signedUp();
    await requestSignInLink(email, english, now);
    const token = await tokenIn(email);
    expect(token).toMatch(/^[\w-]{43}$/);
    const { rows: tables } = await owner().query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname IN ('public', 'graphile_worker')`,
    );
    for (const { name } of tables) {
      const { rows } = await owner().query(
        `SELECT FROM ${name} AS line WHERE line::text LIKE '%' || $1 || '%'`,
        [token],
      );
      expect([name, rows.length]).toEqual([name, 0]);
    }
    expect(await refusal(tryLink(token))).toBe("accepted");
  });

  it("is not sent when its link has ended or its key is missing; the e-mail is deleted", async () => {
    const smtp = "smtp://127.0.0.1:1";
    const email = await signedUp();
    await requestSignInLink(email, english, now);
    const [mail] = await mailsTo(email);
    const mailId = mail?.stored.id ?? "";
    await sendMail({ mailId }, new Date(now.getTime() + 600_000), { smtp });
    expect(await mailsTo(email)).toEqual([]);
    await requestSignInLink(email, english, now);
    const [second] = await mailsTo(email);
    await db.mailToken.deleteMany({ where: { mailId: second?.stored.id ?? "" } });
    await sendMail({ mailId: second?.stored.id ?? "" }, now, { smtp });
    expect(await mailsTo(email)).toEqual([]);
  });

  it("can be decrypted only with the row for which it was sealed", () => {
    const token = newToken();
    const sealed = sealToken(token, "one");
    expect(unsealToken(sealed, "one")).toBe(token);
    expect(unsealToken(sealed, "two")).toBeNull();
    expect(unsealToken(`${sealed.slice(0, -3)}AAA`, "one")).toBeNull();
    expect(unsealToken("", "one")).toBeNull();
  });

  it("is deleted with sent e-mails after a week, and with failed ones after a month", async () => {
    const recipient = `${v7()}@example.org`;
    const at = (days: number) => new Date(now.getTime() - days * DAY);
    const mail = { recipient, text: "T", html: "T" };
    await db.mail.createMany({
      data: [
        { ...mail, id: v7(), subject: "sent long ago", createdAt: at(9), sentAt: at(8) },
        { ...mail, id: v7(), subject: "sent", createdAt: at(6), sentAt: at(6) },
        { ...mail, id: v7(), subject: "waits", createdAt: at(29) },
        { ...mail, id: v7(), subject: "given up", createdAt: at(31) },
      ],
    });
    await deleteOldMails(now);
    const left = (await mailsTo(recipient)).map(({ stored }) => stored.subject);
    expect(left.sort()).toEqual(["sent", "waits"]);
  });
});

describe("concurrent requests", () => {
  it("create one user for one address", async () => {
    const email = `${v7()}@example.org`;
    const signUp = (password: string) =>
      refusal(procedures(null).person.signUp({ name: "Rosa", email, password }));
    const both = await Promise.all([signUp(PASSWORD), signUp(OTHER)]);
    expect(both).toEqual(["accepted", "accepted"]);
    const answers = [
      await refusal(tryPassword(email, PASSWORD)),
      await refusal(tryPassword(email, OTHER)),
    ];
    expect(answers.sort()).toEqual(["accepted", "wrongSignIn"]);
  });

  it("create one user for the first sign-in of one identity", async () => {
    const claims = { issuer: "https://login.example", subject: v7(), emailVerified: true };
    const fallback = { ...english, fallback: "New" };
    const email = `${v7()}@example.org`;
    // Also when the provider gives it another address meanwhile.
    const emails = [email, email, `${v7()}@example.org`];
    const found = await Promise.all(
      emails.map((each) => signInByIdentity({ ...claims, email: each }, fallback, now)),
    );
    expect(new Set(found.map(({ userId }) => userId)).size).toBe(1);
  });

  it("cannot claim an installation with a known address: the error says so", async () => {
    const email = await signedUp();
    const token = (await prepareSetupLink()) ?? "";
    const claim = (address: string) =>
      claimInstallation(
        {
          token,
          name: "Elm Street",
          language: "en",
          timeZone: "Europe/Madrid",
          yourName: "Carla",
          email: address,
          password: PASSWORD,
        },
        now,
      );
    expect(await refusal(claim(email))).toBe("emailTaken");
    expect(await refusal(claim(`${v7()}@example.org`))).toBe("accepted");
  });
});
