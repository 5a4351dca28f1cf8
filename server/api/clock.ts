/**
 * Corrects times that a wrong system clock wrote into the future. A single-board computer without
 * a clock battery may start with any date and be corrected minutes later.
 */
import { listingExpiry } from "../../domain/listing/listing";
import { CLOCK_SKEW_MS } from "../identity/session";
import { log } from "../platform/log";
import { boundExpiries } from "./bound-expiries";

const INTERVAL_MS = 10 * 60_000;

/** The owner's connection: the application's role cannot change some tables and the queue. */
type Owner = { query: (text: string, values?: unknown[]) => Promise<unknown> };

/**
 * Columns that say when rows were written or last used, by table. A time in the future would sort
 * as the newest, count in a limit, or hide newer rows until then.
 */
export const BOUNDED_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  community: ["created_at"],
  member: ["joined_at"],
  member_join: ["joined_at"],
  listing: ["created_at", "updated_at"],
  saved_search: ["created_at", "seen_at"],
  exchange_note: ["created_at"],
  thanks: ["created_at", "edited_at"],
  private_word: ["created_at"],
  mail: ["created_at", "sent_at", "failed_at"],
  push: ["created_at"],
  push_subscription: ["created_at", "last_sent_at"],
  notification: ["created_at", "seen_at", "withdrawn_at", "mailed_at", "pushed_at"],
};

function notAfterNow(column: string): string {
  return `${column} = CASE WHEN ${column} > $1::timestamptz THEN $1::timestamptz ELSE ${column} END`;
}

/** Further assignments for the same rows; $1 is now. */
const DEPENDENT: Readonly<Record<string, string>> = {
  thanks: "shown_from = $1::timestamptz + (shown_from - greatest(created_at, edited_at)),",
  // The link in the e-mail has ended: see boundExpiries.
  mail: `${notAfterNow("expires_at")},`,
};

/** All other columns that hold a time; clock.db.test.ts compares both lists with the tables. */
export const UNBOUNDED_COLUMNS: readonly string[] = [
  // Bounded by boundExpiries.
  "session.created_at",
  "session.last_seen_at",
  "session.expires_at",
  "known_device.last_used_at",
  "sign_in_link.created_at",
  "sign_in_link.expires_at",
  "email_change.expires_at",
  "invitation.created_at",
  "invitation.expires_at",
  "rate_limit.expire",
  ...[
    "created_at",
    "agreed_at",
    "reported_at",
    "reminded_at",
    "ended_at",
    "reversed_at",
    "due_at",
  ].map((column) => `exchange.${column}`),
  // Bounded where it is read.
  "user.former_email_until",
  // Bounded below, with their rows.
  "listing.expires_at",
  "push_subscription.retry_at",
  "notification_settings.digest_due_at",
  "notification_settings.digest_until",
  "mail.expires_at",
  "thanks.shown_from",
  // Chosen by members.
  "exchange.starts_at",
  "exchange.reschedule_to",
  // Only whether it is null matters.
  "user.mail_paused_at",
  "account.vouched_at",
  "account.closed_at",
  "session.ended_at",
  "sign_in_link.used_at",

  "installation.claimed_at",
  "invitation.withdrawn_at",
  "user.email_verified_at",
  "revocation.seen_at",
  "thanks.hidden_at",
  // Only shown, or only read by the operator: a history stays as it was written.
  "exchange_event.at",
  "exchange_event.starts_at",
  "vouch.at",
  "limit_decision.at",
  "transfer.created_at",
  "hold.created_at",
  "hold.ended_at",
  "request_id.created_at",
  "user.created_at",
  "revocation.at",
  "photo.created_at",
  "calendar_feed.created_at",
  "privacy_notice.changed_at",
];

/** Sets times in the future back to now, so that nothing lasts or waits longer than allowed. */
export async function boundClock(owner: Owner, now: Date): Promise<void> {
  const soon = new Date(now.getTime() + CLOCK_SKEW_MS);
  await boundExpiries(now);
  for (const [table, columns] of Object.entries(BOUNDED_COLUMNS)) {
    const set = columns.map((column) => notAfterNow(column)).join(", ");
    await owner.query(
      `UPDATE ${table} SET ${DEPENDENT[table] ?? ""} ${set}
       WHERE greatest(${columns.join(", ")}) > $2::timestamptz`,
      [now, soon],
    );
  }
  await owner.query(
    "UPDATE listing SET expires_at = $1::timestamptz WHERE expires_at > $2::timestamptz",
    [listingExpiry(now), listingExpiry(soon)],
  );
  await owner.query(
    `UPDATE push_subscription SET retry_at = NULL
     WHERE retry_at > $1::timestamptz + interval '9 hours'`,
    [soon],
  );
  await owner.query(
    `UPDATE notification_settings SET digest_due_at = NULL
     WHERE digest_due_at > $1::timestamptz + interval '32 days'`,
    [soon],
  );
  await owner.query(
    `UPDATE notification_settings SET digest_until = $1::timestamptz
     WHERE digest_until > $2::timestamptz`,
    [now, soon],
  );
  await boundJobs(owner, now, soon);
}

async function boundJobs(owner: Owner, now: Date, soon: Date): Promise<void> {
  // All jobs but those of exchanges are due at once; after a failure graphile-worker waits at most
  // six hours (exp(10) s). E-mails that wait for the end of quiet hours are looked at once more.
  await owner.query(
    `UPDATE graphile_worker._private_jobs AS job SET run_at = $1
     FROM graphile_worker._private_tasks AS task
     WHERE task.id = job.task_id AND identifier NOT IN ('exchange-due', 'remind-of-visit') AND locked_at IS NULL
       AND run_at > $1::timestamptz + CASE attempts WHEN 0 THEN interval '1 minute'
         ELSE interval '7 hours' END`,
    [now],
  );
  await owner.query(
    `UPDATE graphile_worker._private_jobs AS job SET run_at = greatest(due_at, $1::timestamptz)
     FROM exchange
     WHERE payload ->> 'exchangeId' = exchange.id::text
       AND payload ->> 'communityId' = exchange.community_id::text
       AND locked_at IS NULL AND due_at IS NOT NULL
       AND run_at > greatest(due_at, $1::timestamptz) + interval '7 hours'`,
    [now],
  );
  await owner.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL
     WHERE locked_at > $1`,
    [soon],
  );
  // Otherwise scheduled jobs, such as the nightly backup, would wait until then.
  await owner.query(
    `UPDATE graphile_worker._private_known_crontabs SET last_execution = NULL
     WHERE last_execution > $1`,
    [soon],
  );
}

/** Runs `boundClock` now and every ten minutes. @returns a function that stops it */
export async function keepBoundingClock(owner: Owner): Promise<() => void> {
  const bound = () =>
    boundClock(owner, new Date()).catch((error: unknown) => log.error("clock", error));
  await bound();
  const timer = setInterval(bound, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}
