/** Rates of knocking on doors, counted in PostgreSQL so that instances and restarts share them. */
import { RateLimiterPrisma, RateLimiterRes } from "rate-limiter-flexible";
import { db } from "../db/client";
import { DomainError } from "../domain/errors";

const minute = 60;

const rates = {
  /** Wrong passwords for one address of e-mail; forgotten when the right one comes. */
  signInEmail: { points: 10, duration: 15 * minute },
  /** Sign-in attempts from one network address: a whole community house may share it. */
  signInAddress: { points: 100, duration: 15 * minute },
  /** Mails with a sign-in link to one address. */
  linkEmail: { points: 5, duration: 15 * minute },
  /** Writing by somebody not signed in, for each procedure and network address. */
  openWrite: { points: 120, duration: 10 * minute },
  /** Reading calendars from one network address: programs ask every few minutes. */
  calendar: { points: 300, duration: 10 * minute },
  /** Photos that one person sends: each costs the server a second of work. */
  photo: { points: 40, duration: 10 * minute },
  /** Writing by one person. */
  write: { points: 240, duration: minute },
} as const;

type Rate = keyof typeof rates;

/**
 * Counts in one statement, where the package sends two and commits twice; and does not wait until
 * the disk has it. What the last blink before a power cut counted may be forgotten.
 */
class Limiter extends RateLimiterPrisma {
  /** Called by the package. @param duration milliseconds */
  protected async _upsert(key: string, points: number, duration: number) {
    const now = new Date();
    const expire = new Date(now.getTime() + duration);
    const [row] = await db.$queryRaw<{ points: number; expire: Date }[]>`
      WITH eased AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
      INSERT INTO rate_limit AS known (key, points, expire)
      SELECT ${key}, ${points}::integer, ${expire}::timestamptz FROM eased
      ON CONFLICT (key) DO UPDATE SET
        points = excluded.points
          + CASE WHEN known.expire > ${now}::timestamptz THEN known.points ELSE 0 END,
        expire = CASE WHEN known.expire > ${now}::timestamptz THEN known.expire
          ELSE excluded.expire END
      RETURNING points, expire`;
    return row;
  }
}

const limiters = new Map<Rate, RateLimiterPrisma>();

function limiterOf(rate: Rate): RateLimiterPrisma {
  const known = limiters.get(rate);
  if (known) return known;
  const made = new Limiter({
    storeClient: db,
    tableName: "rateLimit",
    keyPrefix: rate,
    clearExpiredByTimeout: false,
    ...rates[rate],
  });
  limiters.set(rate, made);
  return made;
}

/** Counts one attempt. @throws DomainError tooManyAttempts {wait} in whole minutes */
export async function requireWithinRate(rate: Rate, key: string): Promise<void> {
  try {
    await limiterOf(rate).consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const wait = Math.max(1, Math.ceil(error.msBeforeNext / 60_000));
    throw new DomainError("tooManyAttempts", { wait });
  }
}

/** Forgets the attempts of a key, after the right one. */
export async function forgetRate(rate: Rate, key: string): Promise<void> {
  await limiterOf(rate).delete(key);
}

/** Drops the rows whose time is over; the jobs do so every night. */
export async function sweepRates(now: Date): Promise<void> {
  await db.rateLimit.deleteMany({ where: { expire: { lt: now } } });
}
