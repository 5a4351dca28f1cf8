-- Cancels the job with a key, unless it is running. The caller has changed the rows that a running job would
-- read, so that the job finds nothing to do.
--
-- Not graphile_worker.remove_job, which also sends NOTIFY: PostgreSQL lets transactions that notify commit only
-- one after another, and every settlement cancels a job.
CREATE OR REPLACE FUNCTION cancel_job(p_key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM graphile_worker._private_jobs WHERE key = p_key AND locked_at IS NULL;
END
$$;
