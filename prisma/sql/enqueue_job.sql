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
