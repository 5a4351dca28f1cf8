-- How members want to be notified, and what e-mails need for it.
CREATE TABLE "notification_settings" (
  "community_id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "mail" TEXT[],
  "push" TEXT[],
  "quiet_from" TEXT NOT NULL,
  "quiet_until" TEXT NOT NULL,
  "digest" TEXT NOT NULL,
  "hides_titles" BOOLEAN NOT NULL,
  "digest_due_at" TIMESTAMPTZ(3),
  "digest_until" TIMESTAMPTZ(3),

  CONSTRAINT "notification_settings_pkey" PRIMARY KEY ("community_id", "member_id"),
  CONSTRAINT "notification_settings_mail_check"
    CHECK ("mail" <@ ARRAY['needed', 'messages', 'thanks', 'matches', 'community', 'coordination']),
  CONSTRAINT "notification_settings_push_check"
    CHECK ("push" <@ ARRAY['needed', 'messages', 'thanks', 'matches', 'community', 'coordination']),
  CONSTRAINT "notification_settings_quiet_check"
    CHECK ("quiet_from" ~ '^([01]\d|2[0-3]):[0-5]\d$' AND "quiet_until" ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  CONSTRAINT "notification_settings_digest_check" CHECK ("digest" IN ('daily', 'weekly', 'monthly', 'never'))
);

ALTER TABLE "notification_settings" ADD CONSTRAINT "notification_settings_community_id_member_id_fkey"
  FOREIGN KEY ("community_id", "member_id") REFERENCES "member" ("community_id", "id")
  ON DELETE CASCADE ON UPDATE CASCADE;

GRANT SELECT, INSERT, UPDATE ON "notification_settings" TO evenhour_app;

ALTER TABLE "user"
  ADD COLUMN "mail_failures" SMALLINT NOT NULL DEFAULT 0,
  ADD COLUMN "mail_paused_at" TIMESTAMPTZ(3);

ALTER TABLE "mail"
  ADD COLUMN "failed_at" TIMESTAMPTZ(3),
  ADD COLUMN "community_id" UUID,
  ADD COLUMN "member_id" UUID,
  ADD COLUMN "kind" TEXT,
  ADD COLUMN "thread" TEXT,
  ADD COLUMN "calendar" TEXT,
  ADD CONSTRAINT "mail_member_check" CHECK (("community_id" IS NULL) = ("member_id" IS NULL)
    AND ("kind" IS NULL OR "member_id" IS NOT NULL));

ALTER TABLE "mail" ADD CONSTRAINT "mail_community_id_member_id_fkey"
  FOREIGN KEY ("community_id", "member_id") REFERENCES "member" ("community_id", "id")
  ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "notification" ADD COLUMN "about_id" UUID, ADD COLUMN "pushed_at" TIMESTAMPTZ(3);

ALTER TABLE "notification" ADD CONSTRAINT "notification_community_id_about_id_fkey"
  FOREIGN KEY ("community_id", "about_id") REFERENCES "member" ("community_id", "id")
  ON DELETE RESTRICT ON UPDATE CASCADE;

-- A copy of prisma/sql/enqueue_job.sql follows.
-- Enqueues a job in the caller's transaction. The application's role cannot access the queue itself, and may
-- enqueue only these tasks.
CREATE OR REPLACE FUNCTION enqueue_job(
  p_task text, p_payload jsonb, p_run_at timestamptz, p_key text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF p_task NOT IN (
    'exchange-due', 'send-mail', 'deliver-notifications', 'remind-of-visit', 'send-push', 'announcement-due')
  THEN
    RAISE EXCEPTION 'no task %', p_task USING ERRCODE = 'EH005';
  END IF;
  PERFORM graphile_worker.add_job(
    identifier => p_task, payload => p_payload::json, run_at => p_run_at, job_key => p_key,
    job_key_mode => 'replace'
  );
END
$$;
