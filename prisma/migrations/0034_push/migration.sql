-- Web Push: subscriptions of browsers, and an outbox.
CREATE TABLE "push_subscription" (
  "id" UUID NOT NULL,
  "user_id" UUID NOT NULL,
  "session_id" UUID NOT NULL,
  "endpoint" TEXT NOT NULL,
  "p256dh" TEXT NOT NULL,
  "auth_secret" TEXT NOT NULL,
  "full_text" BOOLEAN NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  "last_sent_at" TIMESTAMPTZ(3),
  "failures" INTEGER NOT NULL DEFAULT 0,
  "retry_at" TIMESTAMPTZ(3),
  CONSTRAINT "push_subscription_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "push_subscription_endpoint_check" CHECK (char_length("endpoint") BETWEEN 1 AND 1000)
);
CREATE INDEX "push_subscription_session_id_idx" ON "push_subscription" ("session_id");
CREATE UNIQUE INDEX "push_subscription_endpoint_key" ON "push_subscription" ("endpoint");
CREATE INDEX "push_subscription_user_id_idx" ON "push_subscription" ("user_id");
ALTER TABLE "push_subscription" ADD CONSTRAINT "push_subscription_user_id_fkey"
  FOREIGN KEY ("user_id") REFERENCES "user" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "push_subscription" ADD CONSTRAINT "push_subscription_session_id_fkey"
  FOREIGN KEY ("session_id") REFERENCES "session" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "push" (
  "community_id" UUID NOT NULL,
  "id" UUID NOT NULL,
  "subscription_id" UUID NOT NULL,
  "notification_id" UUID NOT NULL,
  "payload" TEXT NOT NULL,
  "topic" TEXT NOT NULL,
  "is_urgent" BOOLEAN NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "push_pkey" PRIMARY KEY ("community_id", "id"),
  CONSTRAINT "push_payload_check" CHECK (char_length("payload") BETWEEN 1 AND 2000)
);
CREATE INDEX "push_community_id_notification_id_idx" ON "push" ("community_id", "notification_id");
CREATE INDEX "push_subscription_id_idx" ON "push" ("subscription_id");
ALTER TABLE "push" ADD CONSTRAINT "push_subscription_id_fkey"
  FOREIGN KEY ("subscription_id") REFERENCES "push_subscription" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "push" ADD CONSTRAINT "push_community_id_notification_id_fkey"
  FOREIGN KEY ("community_id", "notification_id") REFERENCES "notification" ("community_id", "id")
  ON DELETE CASCADE ON UPDATE CASCADE;

REVOKE ALL ON "push_subscription", "push" FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON "push_subscription" TO evenhour_app;
GRANT SELECT, INSERT, DELETE ON "push" TO evenhour_app;

-- A copy of prisma/sql/enqueue_job.sql follows.
-- Enqueues a job in the caller's transaction. The application's role cannot access the queue itself, and may
-- enqueue only these tasks.
CREATE OR REPLACE FUNCTION enqueue_job(
  p_task text, p_payload jsonb, p_run_at timestamptz, p_key text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF p_task NOT IN ('exchange-due', 'send-mail', 'deliver-notifications', 'send-push') THEN
    RAISE EXCEPTION 'no task %', p_task USING ERRCODE = 'EH005';
  END IF;
  PERFORM graphile_worker.add_job(
    identifier => p_task, payload => p_payload::json, run_at => p_run_at, job_key => p_key,
    job_key_mode => 'replace'
  );
END
$$;
