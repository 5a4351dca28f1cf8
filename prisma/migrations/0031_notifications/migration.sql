-- Notifications of members. What happened before this version has none.
CREATE TABLE "notification" (
  "community_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "member_id" UUID NOT NULL,
  "kind" TEXT NOT NULL,
  "event" TEXT NOT NULL,
  "exchange_id" UUID,
  "event_version" INTEGER,
  "by_id" UUID,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "seen_at" TIMESTAMPTZ(3),
  "withdrawn_at" TIMESTAMPTZ(3),
  "mailed_at" TIMESTAMPTZ(3),
  "mail_id" UUID,
  CONSTRAINT "notification_pkey" PRIMARY KEY ("community_id", "id"),
  CONSTRAINT "notification_kind_check" CHECK ("kind" IN ('needed', 'messages', 'thanks', 'matches', 'community', 'coordination')),
  CONSTRAINT "notification_event_check" CHECK (char_length("event") BETWEEN 1 AND 40),
  CONSTRAINT "notification_event_version_check" CHECK ("event_version" IS NULL OR "exchange_id" IS NOT NULL)
);
CREATE INDEX "notification_community_id_member_id_created_at_idx"
  ON "notification" ("community_id", "member_id", "created_at");
CREATE INDEX "notification_community_id_exchange_id_idx" ON "notification" ("community_id", "exchange_id");
ALTER TABLE "notification" ADD CONSTRAINT "notification_community_id_member_id_fkey"
  FOREIGN KEY ("community_id", "member_id") REFERENCES "member" ("community_id", "id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notification" ADD CONSTRAINT "notification_community_id_by_id_fkey"
  FOREIGN KEY ("community_id", "by_id") REFERENCES "member" ("community_id", "id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notification" ADD CONSTRAINT "notification_community_id_exchange_id_fkey"
  FOREIGN KEY ("community_id", "exchange_id") REFERENCES "exchange" ("community_id", "id")
  ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notification" ADD CONSTRAINT "notification_community_id_exchange_id_event_version_fkey"
  FOREIGN KEY ("community_id", "exchange_id", "event_version")
  REFERENCES "exchange_event" ("community_id", "exchange_id", "version")
  ON DELETE RESTRICT ON UPDATE CASCADE;
GRANT SELECT, INSERT, UPDATE, DELETE ON "notification" TO evenhour_app;

-- A copy of prisma/sql/enqueue_job.sql follows.
-- Enqueues a job in the caller's transaction. The application's role cannot access the queue itself, and may
-- enqueue only these tasks.
CREATE OR REPLACE FUNCTION enqueue_job(
  p_task text, p_payload jsonb, p_run_at timestamptz, p_key text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF p_task NOT IN ('exchange-due', 'send-mail', 'deliver-notifications') THEN
    RAISE EXCEPTION 'no task %', p_task USING ERRCODE = 'EH005';
  END IF;
  PERFORM graphile_worker.add_job(
    identifier => p_task, payload => p_payload::json, run_at => p_run_at, job_key => p_key,
    job_key_mode => 'replace'
  );
END
$$;
