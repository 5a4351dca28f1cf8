/** Rate limits, stored in PostgreSQL so that instances and restarts share them. */

import { DomainError } from "../../domain/kernel/errors";
import { db, type Tx } from "./db/client";
import { Prisma } from "./db/generated/client";
import { hashToken } from "./tokens";

const minute = 60;
const day = 86_400;

/** At most `points` attempts in `duration` seconds, counted from the first attempt. */
const rates = {
  /** Wrong passwords for one e-mail address, from devices on which it has never signed in. */
  signInEmail: { points: 10, duration: 15 * minute },
  /** Wrong passwords for one e-mail address, from one device on which it has signed in. */
  signInDevice: { points: 10, duration: 15 * minute },
  /** Passwords tried from one network address, which a whole community centre may share. */
  signInAddress: { points: 100, duration: 15 * minute },
  /** Sign-in links tried from one network address, counted apart from passwords. */
  linkAddress: { points: 100, duration: 15 * minute },
  /** Wrong passwords of a signed-in user who re-authenticates. */
  present: { points: 10, duration: 15 * minute },
  /** Sign-in links to one e-mail address. */
  linkEmail: { points: 5, duration: 15 * minute },
  /** Sign-in links requested on one device, to an address that has signed in on it. */
  linkDevice: { points: 5, duration: 15 * minute },
  /** E-mails of any kind to one address. */
  mailToAddress: { points: 20, duration: day },
  /** Notifications sent to the devices of one user. */
  pushToUser: { points: 100, duration: day },
  /** Mutations by a caller who is not signed in, for each procedure and network address. */
  openWrite: { points: 120, duration: 10 * minute },
  /** Calendar feeds read from one network address: calendar programs poll every few minutes. */
  calendar: { points: 300, duration: 10 * minute },
  /** Photos uploaded by one user: each costs the server a second of work. */
  photo: { points: 40, duration: 10 * minute },
  /** Mutations by one user. */
  write: { points: 240, duration: minute },
} as const;

export type Rate = keyof typeof rates;
type Counted = { points: number; expire: Date };

/** Hashed, since an e-mail address may be longer than the column and should not be stored here. */
const rowOf = (rate: Rate, key: string) => `${rate}:${hashToken(key)}`;

/**
 * The statement that counts one more attempt. A stored end further ahead than the duration comes from a
 * clock that was wrong; it is shortened, so that nobody waits longer than the duration.
 */
const countSql = (rate: Rate, key: string, now: Date, settings: Prisma.Sql) => {
  const end = new Date(now.getTime() + rates[rate].duration * 1000);
  return Prisma.sql`
    ${settings}
    INSERT INTO rate_limit AS known (key, points, expire)
    SELECT ${rowOf(rate, key)}, 1, ${end}::timestamptz FROM settings
    ON CONFLICT (key) DO UPDATE SET
      points = 1 + CASE WHEN known.expire > ${now}::timestamptz THEN known.points ELSE 0 END,
      expire = CASE WHEN known.expire > ${now}::timestamptz
        THEN least(known.expire, excluded.expire) ELSE excluded.expire END
    RETURNING points, expire`;
};

/** Commits without waiting for the disk: counts from the last moments before a power failure may be lost. */
const UNSYNCED = Prisma.sql`
  WITH settings AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))`;
/** For a caller's transaction, whose commit must wait for the disk. */
const UNCHANGED = Prisma.sql`WITH settings AS (SELECT)`;

const isWithin = (rate: Rate, counted: Counted | undefined) =>
  (counted?.points ?? 0) <= rates[rate].points;

/**
 * Counts one attempt.
 * @param refusal the error code; its message has {wait} in whole minutes
 * @throws DomainError with that code
 */
export async function requireWithinRate(
  rate: Rate,
  key: string,
  now = new Date(),
  refusal: "tooManyAttempts" | "tooManyMails" = "tooManyAttempts",
): Promise<void> {
  const [counted] = await db.$queryRaw<Counted[]>(countSql(rate, key, now, UNSYNCED));
  if (!counted || isWithin(rate, counted)) return;
  const wait = Math.max(1, Math.ceil((counted.expire.getTime() - now.getTime()) / 60_000));
  throw new DomainError(refusal, { wait });
}

/** Counts one attempt in the caller's transaction. @returns whether it is within the limit */
export async function countedWithin(tx: Tx, rate: Rate, key: string, now: Date): Promise<boolean> {
  const [counted] = await tx.$queryRaw<Counted[]>(countSql(rate, key, now, UNCHANGED));
  return isWithin(rate, counted);
}

/** Removes one attempt that succeeded. Concurrent attempts still count. */
export async function uncountRate(rate: Rate, key: string): Promise<void> {
  await db.rateLimit.updateMany({
    where: { key: rowOf(rate, key), points: { gt: 0 } },
    data: { points: { decrement: 1 } },
  });
}

const MAX_DURATION_S = Math.max(...Object.values(rates).map(({ duration }) => duration));

/** Deletes counts that a clock ahead of time has stored. */
export async function boundRates(soon: Date): Promise<void> {
  const latest = new Date(soon.getTime() + MAX_DURATION_S * 1000);
  await db.rateLimit.deleteMany({ where: { expire: { gt: latest } } });
}

/** Deletes expired rows. A nightly job calls it. */
export async function deleteOldRates(now: Date): Promise<void> {
  await db.rateLimit.deleteMany({ where: { expire: { lt: now } } });
}
