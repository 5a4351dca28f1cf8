-- Takes back the job of a key, if it still waits.
CREATE OR REPLACE FUNCTION cancel_job(p_key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.remove_job(p_key);
END
$$;
