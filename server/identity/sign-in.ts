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

/** The origin of a sign-in. */
export type Visitor = {
  /** The network, as `networkOf` names it. */
  address: string;
  /** The token of the device cookie. */
  device?: string | undefined;
};

/**
 * The user with this e-mail address and password. Attempts from known devices are counted
 * separately, so that strangers who guess do not lock the user out there.
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
  // The present owner of an address takes precedence over the former one.
  const user = found.find((each) => each.email === email) ?? found[0];
  const fits = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !fits) throw new DomainError("wrongSignIn");
  for (const [rate, key] of limits) await uncountRate(rate, key);
  return { userId: user.id, credentialVersion: user.credentialVersion };
}

/**
 * The user of a one-time sign-in link; uses the link up.
 * @param asked the language of the page, for users who have not chosen one
 * @throws DomainError wrongSignIn when the link is unknown, used or expired, or expires later than
 *   it can because a wrong clock wrote it
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
    // One statement, so that of two concurrent requests only one succeeds.
    const latest = new Date(now.getTime() + LINK_MINUTES * 60_000);
    const used = await tx.signInLink.updateMany({
      where: { tokenHash, usedAt: null, expiresAt: { gt: now, lte: latest } },
      data: { usedAt: now },
    });
    if (used.count !== 1) throw new DomainError("wrongSignIn");
    return verifyEmail(tx, link.userId, asked, now);
  });
}

/** The claims of an OpenID Connect provider; only issuer and subject are trusted. */
export type Claims = {
  issuer: string;
  subject: string;
  email?: string | undefined;
  emailVerified: boolean;
  name?: string | undefined;
};

/** At most 255 characters (OpenID Connect Core 1.0, section 2), without control characters. */
const subjectShape = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\p{C}]*\S[^\p{C}]*$/u);

/**
 * The user of an identity at the OpenID Connect provider: found by issuer and subject, else by an
 * address that the provider has verified, else created. A later change of the address at the
 * provider has no effect.
 * @param fallback the name of a new user for whom the provider sends no valid name
 * @throws DomainError wrongSignIn when the provider names no subject, or no verified address for a
 *   new identity
 */
export async function signInByIdentity(
  { issuer, subject, emailVerified, ...claims }: Claims,
  { locale, fallback }: { locale: Locale; fallback: string },
  now: Date,
): Promise<Verified> {
  // An empty subject would identify all users as one.
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
    // Another user may have taken the address before the lock.
    const still = await tx.user.count({ where: { id: user.id, email: email.data } });
    if (still === 0) throw new DomainError("wrongSignIn");
    const verified = await verifyEmail(tx, user.id, locale, now);
    await tx.identity.createMany({
      data: [{ issuer, subject, userId: user.id }],
      skipDuplicates: true,
    });
    // Of two concurrent first sign-ins of one identity, the first one's user counts.
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
