-- Takes back the job of a key, if it still waits. One that runs is left alone: whoever takes a job
-- back has changed what it would look at, so that it finds nothing to do.
--
-- Not graphile_worker.remove_job, which also tells the workers by NOTIFY: PostgreSQL lets
-- transactions that notify commit only one after another, and every settling takes a job back.
CREATE OR REPLACE FUNCTION cancel_job(p_key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  DELETE FROM graphile_worker._private_jobs WHERE key = p_key AND locked_at IS NULL;
END
$$;
