import { v7 } from "uuid";
import { describe, expect, it } from "vitest";
import { claimInstallation } from "../community/claim-installation";
import { createCommunity } from "../community/create-community";
import { prepareSetupLink } from "../community/prepare-setup-link";
import { db, transaction } from "../platform/db/client";
import { readableMail } from "../platform/mail/post-mail";
import { requireWithinRate } from "../platform/rate-limit";
import { hashToken, newToken } from "../platform/tokens";
import { balanceOf, makeCommunity, makeUser, openSession, procedures } from "../testing/people";
import { changeEmail, confirmEmail, readNewEmail } from "./change-email";
import { changePassword } from "./change-password";
import { endSession, resumeSession } from "./session";
import { signInByIdentity, signInByLink, signInByPassword } from "./sign-in";

const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code,
  );
const now = new Date();
const here = { address: "here" };
const newcomer = { locale: "en", fallback: "New neighbour" } as const;

describe("the set-up link", () => {
  it("claims the installation once; an earlier link does not", async () => {
    const old = await prepareSetupLink();
    const token = await prepareSetupLink();
    const claim = (with_: string) =>
      claimInstallation(
        {
          token: with_,
          name: "Elm Street",
          language: "en",
          timeZone: "Europe/Madrid",
          yourName: "Carla",
          email: `${v7()}@example.org`,
          password: "three odd words",
        },
        now,
      );
    expect(await refusal(claim(old ?? ""))).toBe("setupLinkInvalid");
    const both = await Promise.all([refusal(claim(token ?? "")), refusal(claim(token ?? ""))]);
    expect(both.sort()).toEqual(["accepted", "setupLinkInvalid"]);
    expect(await prepareSetupLink()).toBeNull();
  });
});

describe("signing in", () => {
  const email = `${v7()}@example.org`;

  it("accepts only the correct password, with the same error for an unknown address", async () => {
    await procedures(null).person.signUp({ name: "Rosa", email, password: "three odd words" });
    expect(await refusal(signInByPassword(email, "three odd words", here))).toBe("accepted");
    expect(await refusal(signInByPassword(email, "four odd words", here))).toBe("wrongSignIn");
    expect(await refusal(signInByPassword("nobody@example.org", "x", here))).toBe("wrongSignIn");
  });

  it("keeps a user's password when a stranger signs up with their address", async () => {
    await procedures(null).person.signUp({ name: "Mallory", email, password: "mallory was here" });
    expect(await refusal(signInByPassword(email, "mallory was here", here))).toBe("wrongSignIn");
    expect(await refusal(signInByPassword(email, "three odd words", here))).toBe("accepted");
  });

  it("refuses obvious passwords", async () => {
    const signUp = (password: string) =>
      refusal(procedures(null).person.signUp({ name: "Rosalind", email: newEmail(), password }));
    const newEmail = () => `gardener.${v7()}@example.org`;
    for (const easy of ["Rosalind1", "rosalind-rosalind", "Time-Bank2026!", "EvenHour!!"]) {
      expect(await signUp(easy)).toBe("passwordObvious");
    }
    expect(await signUp("rosalind likes the river")).toBe("accepted");
  });

  it("refuses common passwords and short ones", async () => {
    const signUp = (password: string) =>
      refusal(
        procedures(null).person.signUp({ name: "A", email: `${v7()}@example.org`, password }),
      );
    expect(await signUp("password1")).toBe("passwordTooCommon");
    expect(await signUp("short")).toBe("BAD_REQUEST");
  });

  it("takes the same time for an unknown address, by password and by link", async () => {
    const known = Array.from({ length: 9 }, () => `${v7()}@example.org`);
    for (const email of known) {
      await procedures(null).person.signUp({ name: "Rosa", email, password: "three odd words" });
    }
    const taking = async (work: () => Promise<unknown>) => {
      const began = performance.now();
      await work().catch(() => undefined);
      return performance.now() - began;
    };
    const ways: ((email: string) => Promise<unknown>)[] = [
      (email) => signInByPassword(email, "four odd words", here),
      (email) => procedures(null).person.requestLink({ email }),
    ];
    for (const way of ways) {
      const ratios: number[] = [];
      // Alternating, so that a busy machine slows both.
      for (const email of known) {
        const there = await taking(() => way(email));
        ratios.push((await taking(() => way(`${v7()}@example.org`))) / there);
      }
      const [median = 0] = ratios.sort((a, b) => a - b).slice(4);
      // Without the work that only a known address needs it would be a fifth, or less.
      expect(median).toBeGreaterThan(0.4);
      expect(median).toBeLessThan(2.5);
    }
  });

  it("is limited after ten wrong attempts, for that address only", async () => {
    const target = `${v7()}@example.org`;
    const tries = [];
    for (let count = 0; count < 11; count += 1) {
      tries.push(await refusal(signInByPassword(target, "guess", { address: v7() })));
    }
    expect(tries.slice(0, 10)).toEqual(Array(10).fill("wrongSignIn"));
    expect(tries[10]).toBe("tooManyAttempts");
    expect(await refusal(signInByPassword(email, "three odd words", here))).toBe("accepted");
  });

  it("works once for each link, even for two concurrent clicks", async () => {
    const userId = await makeUser("Rosa");
    const link = async (expiresAt: Date) => {
      const token = newToken();
      await db.signInLink.create({
        data: { tokenHash: hashToken(token), userId, createdAt: now, expiresAt },
      });
      return token;
    };
    const token = await link(new Date(Date.now() + 60_000));
    const both = [1, 2].map(() =>
      refusal(signInByLink(token, { address: v7() }, "en", new Date())),
    );
    expect((await Promise.all(both)).sort()).toEqual(["accepted", "wrongSignIn"]);
    expect(await refusal(signInByLink(await link(now), { address: v7() }, "en", new Date()))).toBe(
      "wrongSignIn",
    );
  });

  it("links an OpenID Connect identity to an address only when the provider has verified it", async () => {
    const identity = { issuer: "https://login.example", subject: v7(), email };
    expect(
      await refusal(signInByIdentity({ ...identity, emailVerified: false }, newcomer, now)),
    ).toBe("wrongSignIn");
    const first = await signInByIdentity({ ...identity, emailVerified: true }, newcomer, now);
    const again = await signInByIdentity(
      { ...identity, email: undefined, emailVerified: false },
      newcomer,
      now,
    );
    expect(again).toEqual(first);
  });
});

describe("counting attempts", () => {
  it("leaves synchronous_commit of the connections unchanged", async () => {
    const all = <Value>(one: () => Promise<Value>) => Promise.all(Array.from({ length: 30 }, one));
    await all(() => requireWithinRate("write", v7()));
    const settings = await all(
      () => db.$queryRaw<{ source: string }[]>`
        SELECT source FROM pg_settings WHERE name = 'synchronous_commit'`,
    );
    expect(settings.flat().filter(({ source }) => source === "session")).toEqual([]);
  });
});

describe("an address that a stranger signed up with first", () => {
  /** Mallory has signed up with Rosa's address, with a password and an open session. */
  async function squat() {
    const email = `${v7()}@example.org`;
    await procedures(null).person.signUp({ name: "Rosa", email, password: "mallory was here" });
    const { userId } = await signInByPassword(email, "mallory was here", here);
    return { email, userId, sessionId: await openSession(userId, "Mallory's", now) };
  }
  const linkFor = async (userId: string) => {
    const token = newToken();
    const expiresAt = new Date(now.getTime() + 60_000);
    await db.signInLink.create({
      data: { tokenHash: hashToken(token), userId, createdAt: now, expiresAt },
    });
    return token;
  };

  it("belongs to its owner alone after their first sign-in link", async () => {
    const { email, userId, sessionId } = await squat();
    expect(await signInByLink(await linkFor(userId), here, "en", now)).toMatchObject({ userId });
    expect(await resumeSession(sessionId, now)).toBeNull();
    expect(await refusal(signInByPassword(email, "mallory was here", here))).toBe("wrongSignIn");
  });

  it("belongs to its owner alone when their provider has verified it", async () => {
    const { email, userId, sessionId } = await squat();
    const identity = { issuer: "https://login.example.org", subject: v7(), email };
    expect(
      await signInByIdentity({ ...identity, emailVerified: true }, newcomer, now),
    ).toMatchObject({
      userId,
    });
    expect(await resumeSession(sessionId, now)).toBeNull();
    expect(await refusal(signInByPassword(email, "mallory was here", here))).toBe("wrongSignIn");
  });

  it("keeps the password that its owner sets afterwards", async () => {
    const { email, userId } = await squat();
    await signInByLink(await linkFor(userId), here, "en", now);
    const sessionId = await openSession(userId, "Rosa's", now);
    await changePassword(
      { userId, sessionId },
      { current: "", password: "three odd words" },
      "en",
      now,
    );
    await signInByLink(await linkFor(userId), here, "en", now);
    expect(await refusal(signInByPassword(email, "three odd words", here))).toBe("accepted");
    expect(await resumeSession(sessionId, now)).toMatchObject({ userId });
  });
});

describe("a first password", () => {
  it("can be set only shortly after signing in", async () => {
    const userId = await makeUser("Rosa");
    const sessionId = await openSession(userId, "Firefox", now);
    const set = (at: Date) =>
      changePassword({ userId, sessionId }, { current: "", password: "three odd words" }, "en", at);
    expect(await refusal(set(new Date(now.getTime() + 16 * 60_000)))).toBe("signInAgain");
    expect(await refusal(set(new Date(now.getTime() + 14 * 60_000)))).toBe("accepted");
  });
});

describe("a change of e-mail address", () => {
  const soon = new Date(now.getTime() + 59 * 60_000);
  const late = new Date(now.getTime() + 61 * 60_000);
  type By = Parameters<typeof changeEmail>[4];

  /** A user with a password, signed in on two devices. */
  async function someone(name: string) {
    const email = `${v7()}@example.org`;
    await procedures(null).person.signUp({ name, email, password: "three odd words" });
    const { userId } = await signInByPassword(email, "three odd words", here);
    const sessionId = await openSession(userId, "Firefox", now);
    const elsewhere = await openSession(userId, "Safari", now);
    const actor = { userId, sessionId };
    const fresh = `${v7()}@example.org`;
    const ask = (to = fresh, current = "three odd words", by: By = "letter", again = to) =>
      changeEmail(actor, { email: to, again, current }, "en", now, by);
    return { email, fresh, actor, elsewhere, ask };
  }
  const lettersTo = (recipient: string) => db.mail.findMany({ where: { recipient } });
  const tokenIn = async (recipient: string) => {
    const [stored] = await db.mail.findMany({ where: { recipient }, include: { token: true } });
    const letter = stored && readableMail(stored);
    return /settings\/email\/(\S+)/.exec(letter?.text ?? "")?.[1] ?? "";
  };

  it("takes effect when its confirmation link is used, and notifies the old address", async () => {
    const { email, fresh, actor, elsewhere, ask } = await someone("Rosa");
    const link = newToken();
    await db.signInLink.create({
      data: {
        tokenHash: hashToken(link),
        userId: actor.userId,
        createdAt: now,
        expiresAt: soon,
      },
    });
    expect(await ask()).toEqual({ sentTo: fresh });
    expect(await refusal(signInByPassword(fresh, "three odd words", here))).toBe("wrongSignIn");
    const token = await tokenIn(fresh);
    expect(await readNewEmail(actor.userId, token, soon)).toBe(fresh);
    await confirmEmail(actor, token, "en", soon);
    expect(await refusal(signInByPassword(fresh, "three odd words", here))).toBe("accepted");
    expect(await refusal(signInByPassword(email, "three odd words", here))).toBe("wrongSignIn");
    // The links to the old address and the other sessions are revoked.
    expect(await refusal(signInByLink(link, here, "en", now))).toBe("wrongSignIn");
    expect(await resumeSession(elsewhere, now)).toBeNull();
    expect(await resumeSession(actor.sessionId, now)).toMatchObject({ email: fresh });
    expect(await lettersTo(email)).toHaveLength(1);
    expect(await refusal(confirmEmail(actor, token, "en", soon))).toBe("emailLinkInvalid");
  });

  it("requires the password, or a recent sign-in", async () => {
    const { fresh, actor, ask } = await someone("Rosa");
    expect(await refusal(ask(fresh, "four odd words"))).toBe("wrongPassword");
    const userId = await makeUser("Nils");
    const sessionId = await openSession(userId, "Firefox", now);
    const later = (minutes: number) =>
      changeEmail(
        { userId, sessionId },
        { email: `${v7()}@example.org`, current: "" },
        "en",
        new Date(now.getTime() + minutes * 60_000),
        "letter",
      );
    expect(await refusal(later(16))).toBe("signInAgain");
    expect(await refusal(later(14))).toBe("accepted");
    expect(await lettersTo(fresh)).toEqual([]);
    expect(await db.emailChange.count({ where: { userId: actor.userId } })).toBe(0);
  });

  it("is refused for the link alone, an expired, older or concurrently used link", async () => {
    const { fresh, actor, ask } = await someone("Rosa");
    const mallory = await someone("Mallory");
    await ask();
    const token = await tokenIn(fresh);
    expect(await refusal(confirmEmail(mallory.actor, token, "en", soon))).toBe("emailLinkInvalid");
    expect(await refusal(signInByLink(token, here, "en", now))).toBe("wrongSignIn");
    expect(await refusal(confirmEmail(actor, token, "en", late))).toBe("emailLinkInvalid");
    expect(await refusal(readNewEmail(actor.userId, token, late))).toBe("emailLinkInvalid");
    const other = `${v7()}@example.org`;
    await ask(other);
    expect(await refusal(confirmEmail(actor, token, "en", soon))).toBe("emailLinkInvalid");
    const latest = await tokenIn(other);
    const both = await Promise.all(
      [1, 2].map(() => refusal(confirmEmail(actor, latest, "en", soon))),
    );
    expect(both.sort()).toEqual(["accepted", "emailLinkInvalid"]);
  });

  it("to another user's address is answered like any other, and never takes effect", async () => {
    const { email: theirs, actor: owner } = await someone("Nils");
    const { actor, ask } = await someone("Mallory");
    expect(await ask(theirs)).toEqual({ sentTo: theirs });
    expect(await lettersTo(theirs)).toEqual([]);
    // Another user may take the address between request and confirmation.
    const wanted = `${v7()}@example.org`;
    await ask(wanted);
    await db.user.update({ where: { id: owner.userId }, data: { email: wanted } });
    const token = await tokenIn(wanted);
    expect(await refusal(confirmEmail(actor, token, "en", soon))).toBe("emailLinkInvalid");
    expect(await resumeSession(actor.sessionId, now)).not.toMatchObject({ email: wanted });
  });

  it("takes effect at once where no address can be verified", async () => {
    const { email, fresh, actor, elsewhere, ask } = await someone("Rosa");
    const nils = await someone("Nils");
    expect(await refusal(ask(email, undefined, "nothing"))).toBe("emailSame");
    // A provider would give the account to the owner of a mistyped address.
    expect(await refusal(ask(fresh, undefined, "provider"))).toBe("emailStays");
    expect(await refusal(ask(nils.email, undefined, "nothing"))).toBe("emailTaken");
    expect(await ask(fresh, undefined, "nothing")).toEqual({ sentTo: null });
    expect(await resumeSession(actor.sessionId, now)).toMatchObject({ email: fresh });
    expect(await resumeSession(elsewhere, now)).toBeNull();
    const { emailVerifiedAt } = await db.user.findUniqueOrThrow({ where: { id: actor.userId } });
    expect(emailVerifiedAt).toBeNull();
  });

  it("is typed twice there, and the former address signs in for a month", async () => {
    const { email, fresh, actor, ask } = await someone("Rosa");
    const slip = `${v7()}@exmaple.org`;
    expect(await refusal(ask(slip, undefined, "nothing", fresh))).toBe("emailTwice");
    await ask(slip, undefined, "nothing");
    const enter = (address: string) => signInByPassword(address, "three odd words", here);
    expect(await enter(email)).toMatchObject({ userId: actor.userId });
    expect(await refusal(signInByPassword(email, "four odd words", here))).toBe("wrongSignIn");
    // A second mistyped address does not replace the former one.
    await ask(fresh, undefined, "nothing");
    expect(await enter(email)).toMatchObject({ userId: actor.userId });
    expect(await refusal(enter(slip))).toBe("wrongSignIn");
    // Expired, or written by a wrong clock.
    const ends = async (formerEmailUntil: Date) => {
      await db.user.update({ where: { id: actor.userId }, data: { formerEmailUntil } });
      return refusal(enter(email));
    };
    expect(await ends(new Date(Date.now() - 60_000))).toBe("wrongSignIn");
    expect(await ends(new Date(Date.now() + 31 * 86_400_000))).toBe("wrongSignIn");
    expect(await ends(new Date(Date.now() + 29 * 86_400_000))).toBe("accepted");
    // Changed back: only the original address signs in.
    await ask(email, undefined, "nothing");
    expect(await refusal(enter(fresh))).toBe("wrongSignIn");
    expect(await enter(email)).toMatchObject({ userId: actor.userId });
    const stored = await db.user.findUniqueOrThrow({ where: { id: actor.userId } });
    expect(stored).toMatchObject({ email, formerEmail: null, formerEmailUntil: null });
  });

  it("leaves a former address to the user who changed last, and never opens another account", async () => {
    const rosa = await someone("Rosa");
    await rosa.ask(rosa.fresh, undefined, "nothing");
    // Another user signs up with Rosa's former address, and changes it too.
    await procedures(null).person.signUp({
      name: "Nils",
      email: rosa.email,
      password: "five odd words",
    });
    const nils = await signInByPassword(rosa.email, "five odd words", here);
    expect(nils.userId).not.toBe(rosa.actor.userId);
    expect(await refusal(signInByPassword(rosa.email, "three odd words", here))).toBe(
      "wrongSignIn",
    );
    const sessionId = await openSession(nils.userId, "Firefox", now);
    const address = `${v7()}@example.org`;
    await changeEmail(
      { userId: nils.userId, sessionId },
      { email: address, again: address, current: "five odd words" },
      ...(["en", now, "nothing"] as const),
    );
    expect(await signInByPassword(rosa.email, "five odd words", here)).toMatchObject({
      userId: nils.userId,
    });
  });
});

describe("sessions", () => {
  it("stop working once ended, by their own user only", async () => {
    const userId = await makeUser("Rosa");
    const sessionId = await openSession(userId, "Firefox", now);
    expect(await resumeSession(sessionId, now)).toMatchObject({ userId });
    expect(await refusal(endSession(await makeUser("Mallory"), sessionId, now))).toBe("notFound");
    await endSession(userId, sessionId, now);
    expect(await resumeSession(sessionId, now)).toBeNull();
  });

  it("end after a month without use, and continue while used", async () => {
    const sessionId = await openSession(await makeUser("Rosa"), "Firefox", now);
    const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
    for (const day of [20, 40, 60])
      expect(await resumeSession(sessionId, inDays(day))).toBeTruthy();
    expect(await resumeSession(sessionId, inDays(81))).toMatchObject({});
    const other = await openSession(await makeUser("Rosa"), "Firefox", now);
    expect(await resumeSession(other, inDays(31))).toBeNull();
  });

  it("end after their longest life", async () => {
    const sessionId = await openSession(await makeUser("Rosa"), "Firefox", now);
    expect(await resumeSession(sessionId, new Date(now.getTime() + 91 * 86_400_000))).toBeNull();
  });
});

describe("joining", () => {
  it("does not readmit a member who left or has applied", async () => {
    const fixture = await makeCommunity(["rosa"] as const);
    await db.community.update({ where: { id: fixture.id }, data: { joining: "open" } });
    const { userId } = fixture.members.rosa;
    for (const status of ["left", "applied", "suspended"] as const) {
      await db.member.updateMany({ where: { userId }, data: { status } });
      const join = procedures(userId).community.join({ community: fixture.slug });
      expect(await refusal(join)).toBe("notOpenToJoin");
    }
  });

  it("works with an open invitation, up to its number of uses", async () => {
    const fixture = await makeCommunity([]);
    const carla = procedures(fixture.coordinator.userId);
    const { token } = await carla.community.invite({
      community: fixture.slug,
      label: "",
      days: 7,
      maxUses: 2,
    });
    const join = async (given?: string) => {
      const userId = await makeUser("New");
      return refusal(procedures(userId).community.join({ community: fixture.slug, token: given }));
    };
    expect(await join()).toBe("notOpenToJoin");
    expect(await join(newToken())).toBe("invitationInvalid");
    const many = await Promise.all([join(token), join(token), join(token), join(token)]);
    expect(many.filter((answer) => answer === "accepted")).toHaveLength(2);
    expect(new Set(many)).toEqual(new Set(["accepted", "invitationInvalid"]));
  });

  it("does not work once the invitation is withdrawn", async () => {
    const fixture = await makeCommunity([]);
    const carla = procedures(fixture.coordinator.userId);
    const invited = await carla.community.invite({
      community: fixture.slug,
      label: "",
      days: 7,
      maxUses: 9,
    });
    await carla.community.withdrawInvitation({ community: fixture.slug, id: invited.id });
    const userId = await makeUser("New");
    const front = procedures(null).community.front({
      community: fixture.slug,
      token: invited.token,
    });
    expect(await refusal(front)).toBe("notFound");
    expect(
      await refusal(
        procedures(userId).community.join({ community: fixture.slug, token: invited.token }),
      ),
    ).toBe("invitationInvalid");
  });

  it("creates one member for two submissions, with one welcome credit from the fund", async () => {
    const fixture = await makeCommunity([], { welcomeCredit: 120 });
    const { slug: community } = fixture;
    const carla = procedures(fixture.coordinator.userId);
    const { token } = await carla.community.invite({ community, label: "", days: 7, maxUses: 1 });
    const userId = await makeUser("New");
    const join = () => procedures(userId).community.join({ community, token });
    await Promise.all([join(), join(), join()]);
    const members = await db.member.findMany({ where: { communityId: fixture.id, userId } });
    expect(members).toHaveLength(1);
    expect(await balanceOf(fixture.id, members[0]?.id ?? "")).toMatchObject({ balance: 120 });
    expect(await balanceOf(fixture.id, fixture.id)).toMatchObject({ balance: -120 });
  });

  it("gives communities of the same name different slugs, and numbers members in order", async () => {
    const founder = await makeUser("Carla");
    const name = `Same ${v7()}`;
    const found = () =>
      transaction((tx) =>
        createCommunity(
          tx,
          { name, language: "en", timeZone: "Europe/Madrid" },
          { userId: founder, displayName: "Carla" },
          now,
        ),
      );
    const slugs = [(await found()).community.slug, (await found()).community.slug];
    expect(slugs[1]).toBe(`${slugs[0]}-2`);
    const fixture = await makeCommunity(["a", "b", "c"] as const);
    const numbers = await db.member.findMany({
      where: { communityId: fixture.id },
      orderBy: { number: "asc" },
    });
    expect(numbers.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
  });
});

describe("another community", () => {
  it("can be created only by a coordinator of a community here", async () => {
    const fixture = await makeCommunity(["rosa"] as const);
    const found = (userId: string) =>
      procedures(userId).community.create({
        name: `Next ${v7()}`,
        language: "en",
        timeZone: "Asia/Tokyo",
      });
    expect(await refusal(found(fixture.members.rosa.userId))).toBe("notAllowed");
    const { slug } = await found(fixture.coordinator.userId);
    const there = await procedures(fixture.coordinator.userId).community.here({ community: slug });
    expect(there.me.role).toBe("coordinator");
    expect(
      await refusal(procedures(fixture.members.rosa.userId).community.here({ community: slug })),
    ).toBe("notFound");
  });
});
