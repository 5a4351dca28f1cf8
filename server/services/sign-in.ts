import { db } from "../db/client";
import { DomainError } from "../domain/errors";
import { passwordFits } from "./password";
import { proveAddress } from "./prove-address";
import { forgetRate, requireWithinRate } from "./rate-limit";
import { hashToken, newId } from "./secret";

/**
 * The user whose e-mail and password these are.
 * @throws DomainError wrongSignIn — the same text and time for an unknown address;
 *   tooManyAttempts
 */
export async function signInByPassword(
  email: string,
  password: string,
  address: string,
): Promise<string> {
  await requireWithinRate("signInAddress", address);
  await requireWithinRate("signInEmail", email);
  const user = await db.user.findUnique({ where: { email } });
  const fits = await passwordFits(user?.passwordHash ?? null, password);
  if (!user || !fits) throw new DomainError("wrongSignIn");
  await forgetRate("signInEmail", email);
  return user.id;
}

/**
 * The user whose one-time link this is; the link is used up.
 * @throws DomainError wrongSignIn when it is unknown, used or too old
 */
export async function signInByLink(token: string, address: string, now: Date): Promise<string> {
  await requireWithinRate("signInAddress", address);
  const tokenHash = hashToken(token);
  // One statement, so that two clicks in the same instant cannot both pass.
  const used = await db.signInLink.updateMany({
    where: { tokenHash, usedAt: null, expiresAt: { gt: now } },
    data: { usedAt: now },
  });
  if (used.count !== 1) throw new DomainError("wrongSignIn");
  const { userId } = await db.signInLink.findUniqueOrThrow({ where: { tokenHash } });
  await proveAddress(userId, now);
  return userId;
}

/**
 * The user behind an identity at the OpenID Connect provider; known by issuer and subject, else
 * by an address that the provider has verified, else new.
 * @throws DomainError wrongSignIn when the provider names no verified address for a new identity
 */
export async function signInByIdentity(
  identity: {
    issuer: string;
    subject: string;
    email?: string;
    emailVerified: boolean;
    name?: string;
  },
  now: Date,
): Promise<string> {
  const { issuer, subject } = identity;
  const known = await db.identity.findUnique({ where: { issuer_subject: { issuer, subject } } });
  if (known) return known.userId;
  if (!identity.email || !identity.emailVerified) throw new DomainError("wrongSignIn");
  const email = identity.email.trim().toLowerCase();
  const user = await db.user.upsert({
    where: { email },
    update: {},
    create: { id: newId(), email, name: identity.name?.slice(0, 60) || email, createdAt: now },
  });
  await proveAddress(user.id, now);
  await db.identity.create({ data: { issuer, subject, userId: user.id } });
  return user.id;
}
