/** Rate limits, counted in PostgreSQL so that instances and restarts share them. */

import { DomainError } from "../../domain/kernel/errors";
import { db, type Tx } from "./db/client";
import { Prisma } from "./db/generated/client";
import { hashToken } from "./tokens";

const minute = 60;
const day = 86_400;

/** At most `points` attempts in `duration` seconds, counted from the first. */
const rates = {
  /** Wrong passwords for one address of e-mail, from devices that it never signed in on. */
  signInEmail: { points: 10, duration: 15 * minute },
  /** Wrong passwords for one address of e-mail, from one device that it has signed in on. */
  signInDevice: { points: 10, duration: 15 * minute },
  /** Passwords tried from one network address: a whole community house may share it. */
  signInAddress: { points: 100, duration: 15 * minute },
  /** Sign-in links tried from one network address; passwords do not use them up. */
  linkAddress: { points: 100, duration: 15 * minute },
  /** Wrong passwords of somebody signed in, before a change of their sign-in. */
  present: { points: 10, duration: 15 * minute },
  /** Mails with a sign-in link to one address. */
  linkEmail: { points: 5, duration: 15 * minute },
  /** Mails with a sign-in link that one device asks for, to an address that signed in on it. */
  linkDevice: { points: 5, duration: 15 * minute },
  /** E-mails to one address, whatever they are about. */
  mailToAddress: { points: 20, duration: day },
  /** Writing by somebody not signed in, for each procedure and network address. */
  openWrite: { points: 120, duration: 10 * minute },
  /** Reading calendars from one network address: programs ask every few minutes. */
  calendar: { points: 300, duration: 10 * minute },
  /** Photos that one person sends: each costs the server a second of work. */
  photo: { points: 40, duration: 10 * minute },
  /** Writing by one person. */
  write: { points: 240, duration: minute },
} as const;

export type Rate = keyof typeof rates;
type Counted = { points: number; expire: Date };

/** Hashed: an address of e-mail may be longer than the column, and is nobody's business here. */
const rowOf = (rate: Rate, key: string) => `${rate}:${hashToken(key)}`;

/**
 * One attempt more. An end further ahead than the duration was set by a wrong clock and is not
 * believed: nobody waits longer than the duration.
 */
const counting = (rate: Rate, key: string, now: Date, settings: Prisma.Sql) => {
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

/** Does not wait until the disk has it: the last moment before a power cut may be forgotten. */
const UNSYNCED = Prisma.sql`
  WITH settings AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))`;
/** Within a transaction of somebody else's, whose commit must reach the disk. */
const UNCHANGED = Prisma.sql`WITH settings AS (SELECT)`;

const isWithin = (rate: Rate, counted: Counted | undefined) =>
  (counted?.points ?? 0) <= rates[rate].points;

/**
 * Counts one attempt.
 * @param refusal the code of the refusal, which is told {wait} in whole minutes
 * @throws DomainError tooManyAttempts
 */
export async function requireWithinRate(
  rate: Rate,
  key: string,
  now = new Date(),
  refusal: "tooManyAttempts" | "tooManyMails" = "tooManyAttempts",
): Promise<void> {
  const [counted] = await db.$queryRaw<Counted[]>(counting(rate, key, now, UNSYNCED));
  if (!counted || isWithin(rate, counted)) return;
  const wait = Math.max(1, Math.ceil((counted.expire.getTime() - now.getTime()) / 60_000));
  throw new DomainError(refusal, { wait });
}

/** Counts one attempt in the transaction of its cause. @returns whether it is within the limit */
export async function countedWithin(tx: Tx, rate: Rate, key: string, now: Date): Promise<boolean> {
  const [counted] = await tx.$queryRaw<Counted[]>(counting(rate, key, now, UNCHANGED));
  return isWithin(rate, counted);
}

/** Takes one attempt back, after it was right; what others tried still counts. */
export async function uncountRate(rate: Rate, key: string): Promise<void> {
  await db.rateLimit.updateMany({
    where: { key: rowOf(rate, key), points: { gt: 0 } },
    data: { points: { decrement: 1 } },
  });
}

const LONGEST = Math.max(...Object.values(rates).map(({ duration }) => duration));

/** Forgets what a clock ahead of time has counted. */
export async function boundRates(soon: Date): Promise<void> {
  const latest = new Date(soon.getTime() + LONGEST * 1000);
  await db.rateLimit.deleteMany({ where: { expire: { gt: latest } } });
}

/** Drops the rows whose time is over; the jobs do so every night. */
export async function deleteOldRates(now: Date): Promise<void> {
  await db.rateLimit.deleteMany({ where: { expire: { lt: now } } });
}
