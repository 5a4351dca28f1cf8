import { DomainError } from "../../domain/kernel/errors";
import { db, type Tx } from "../platform/db/client";
import type { User } from "../platform/db/generated/client";
import { requireWithinRate, uncountRate } from "../platform/rate-limit";
import { verifyPassword } from "./password";
import { isFresh, lockRecentSignIn, type RecentSignIn } from "./session";

/**
 * Re-authenticates the user before a credential changes: by their password or, without one, by a
 * recent sign-in. The transaction that follows must call `requireUnchangedCredentials`.
 * @returns the user as verified
 * @throws DomainError wrongPassword, signInAgain, tooManyAttempts
 */
export async function requireReauthentication(
  actor: RecentSignIn,
  password: string,
  now: Date,
): Promise<User> {
  await requireWithinRate("present", actor.userId);
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.userId } });
  if (user.passwordHash === null) {
    if (!(await isFresh(actor, now))) throw new DomainError("signInAgain");
  } else if (!(await verifyPassword(user.passwordHash, password))) {
    throw new DomainError("wrongPassword", {}, "current");
  }
  await uncountRate("present", actor.userId);
  return user;
}

/**
 * Locks the user's row and requires that the session and the credentials that
 * `requireReauthentication` verified are unchanged.
 * @throws DomainError signInFirst, signInAgain
 */
export async function requireUnchangedCredentials(
  tx: Tx,
  actor: RecentSignIn,
  verified: User,
): Promise<void> {
  const version = await lockRecentSignIn(tx, actor);
  if (version !== verified.credentialVersion) throw new DomainError("signInAgain");
}
