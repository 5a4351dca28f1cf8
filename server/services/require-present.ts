import { db } from "../db/client";
import { DomainError } from "../domain/errors";
import { passwordFits } from "./password";
import { requireWithinRate } from "./rate-limit";

/** Milliseconds after signing in for which somebody without a password counts as present. */
const FRESH = 15 * 60_000;

/** Who is signed in, by which session. */
export type Present = { userId: string; sessionId: string };

/**
 * Before somebody changes how they come in: that it is they, and not whoever found their device
 * open. They know their password; or, having none, they have just signed in another way.
 * @returns the user
 * @throws DomainError wrongPassword, signInAgain, tooManyAttempts
 */
export async function requirePresent(actor: Present, password: string, now: Date) {
  await requireWithinRate("signInEmail", actor.userId);
  const user = await db.user.findUniqueOrThrow({ where: { id: actor.userId } });
  if (user.passwordHash === null) await requireFresh(actor, now);
  else if (!(await passwordFits(user.passwordHash, password))) {
    throw new DomainError("wrongPassword", {}, "current");
  }
  return user;
}

async function requireFresh({ userId, sessionId: id }: Present, now: Date): Promise<void> {
  const createdAt = { gt: new Date(now.getTime() - FRESH) };
  const fresh = await db.session.count({ where: { id, userId, endedAt: null, createdAt } });
  if (fresh === 0) throw new DomainError("signInAgain");
}
