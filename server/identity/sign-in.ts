import { z } from "zod";
import { personName } from "@/domain/member/schema";
import { formerEmailWindow } from "../../domain/identity/credential";
import { DomainError } from "../../domain/kernel/errors";
import { vouchedEmail } from "../../domain/kernel/input";
import { db, type Tx, transaction } from "../platform/db/client";
import type { Locale } from "../platform/i18n/messages";
import { type Rate, requireWithinRate, uncountRate } from "../platform/rate-limit";
import { hashToken, newId } from "../platform/tokens";
import { knownDeviceKey } from "./known-device";
import { verifyPassword } from "./password";
import { LINK_MINUTES } from "./request-sign-in-link";
import type { Verified } from "./session";
import { verifyEmail } from "./verify-email";

/** Where a sign-in comes from. */
export type Visitor = {
  /** The network, as `networkOf` names it. */
  address: string;
  /** The token of the device's cookie, if it has one. */
  device?: string | undefined;
};

/**
 * The user whose e-mail and password these are. Tries from a device on which the user has signed in
 * before are counted for themselves, so that strangers who guess lock nobody out there.
 * @throws DomainError wrongSignIn — the same text and time for an unknown address;
 *   tooManyAttempts
 */
export async function signInByPassword(
  email: string,
  password: string,
  { address, device }: Visitor,
): Promise<Verified> {
  const known = await knownDeviceKey(email, device, new Date());
  const limits: [Rate, string][] = known
    ? [["signInDevice", known]]
    : [
        ["signInAddress", address],
        ["signInEmail", email],
      ];
  for (const [rate, key] of limits) await requireWithinRate(rate, key);
  const former = { formerEmail: email, formerEmailUntil: formerEmailWindow(new Date()) };
  const found = await db.user.findMany({ where: { OR: [{ email }, former] } });
  // Whose address it is now comes before whose it was.
  const user = found.find((each) => each.email === email) ?? found[0];
  const fits = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !fits) throw new DomainError("wrongSignIn");
  for (const [rate, key] of limits) await uncountRate(rate, key);
  return { userId: user.id, credentialVersion: user.credentialVersion };
}

/**
 * The user whose one-time link this is; the link is used up.
 * @param asked the language of the page that asks, for who never chose one
 * @throws DomainError wrongSignIn when it is unknown, used or too old, or of a wrong clock
 */
export async function signInByLink(
  token: string,
  { address }: Visitor,
  asked: Locale,
  now: Date,
): Promise<Verified> {
  await requireWithinRate("linkAddress", address);
  const tokenHash = hashToken(token);
  const link = await db.signInLink.findUnique({ where: { tokenHash } });
  if (!link) throw new DomainError("wrongSignIn");
  return transaction(async (tx) => {
    await lockUser(tx, link.userId);
    // One statement, so that two clicks in the same instant cannot both pass.
    const latest = new Date(now.getTime() + LINK_MINUTES * 60_000);
    const used = await tx.signInLink.updateMany({
      where: { tokenHash, usedAt: null, expiresAt: { gt: now, lte: latest } },
      data: { usedAt: now },
    });
    if (used.count !== 1) throw new DomainError("wrongSignIn");
    return verifyEmail(tx, link.userId, asked, now);
  });
}

/** What an OpenID Connect provider says of somebody; nothing in it is trusted but issuer and subject. */
export type Claims = {
  issuer: string;
  subject: string;
  email?: string | undefined;
  emailVerified: boolean;
  name?: string | undefined;
};

/** At most 255 characters (OpenID Connect Core 1.0, section 2), and something that can be stored. */
const subjectShape = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{C}]*\S[^\p{C}]*$/u);

/**
 * The user behind an identity at the OpenID Connect provider; known by issuer and subject, else
 * by an address that the provider has verified, else new. An address that changes at the provider
 * changes nothing here.
 * @param fallback the name of somebody new whom the provider gives none that could be signed up with
 * @throws DomainError wrongSignIn when the provider names no subject, or no verified address for a
 *   new identity
 */
export async function signInByIdentity(
  { issuer, subject, emailVerified, ...claims }: Claims,
  { locale, fallback }: { locale: Locale; fallback: string },
  now: Date,
): Promise<Verified> {
  // By an empty one everybody would be the same person.
  if (!subjectShape.safeParse(subject).success) throw new DomainError("wrongSignIn");
  const known = await knownIdentity(db, issuer, subject);
  if (known) return known;
  const email = vouchedEmail.safeParse(claims.email);
  if (!email.success || !emailVerified) throw new DomainError("wrongSignIn");
  const name = personName.safeParse(claims.name);
  await db.user.createMany({
    data: [
      {
        id: newId(),
        email: email.data,
        name: name.success ? name.data : fallback,
        createdAt: now,
      },
    ],
    skipDuplicates: true,
  });
  return transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email: email.data } });
    if (!user) throw new DomainError("wrongSignIn");
    await lockUser(tx, user.id);
    // The address may have become somebody else's before the lock.
    const still = await tx.user.count({ where: { id: user.id, email: email.data } });
    if (still === 0) throw new DomainError("wrongSignIn");
    const verified = await verifyEmail(tx, user.id, locale, now);
    await tx.identity.createMany({
      data: [{ issuer, subject, userId: user.id }],
      skipDuplicates: true,
    });
    // Two first sign-ins of one identity in the same instant are of the user that came first.
    const first = await knownIdentity(tx, issuer, subject);
    if (first && first.userId !== user.id) return first;
    return verified;
  });
}

async function knownIdentity(tx: Tx, issuer: string, subject: string): Promise<Verified | null> {
  const known = await tx.identity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { user: { select: { id: true, credentialVersion: true } } },
  });
  return known && { userId: known.user.id, credentialVersion: known.user.credentialVersion };
}

async function lockUser(tx: Tx, userId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "user" WHERE id = ${userId}::uuid FOR UPDATE`;
}
