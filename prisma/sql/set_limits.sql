-- Changes what an account may promise from now on; takes nothing back.
CREATE OR REPLACE FUNCTION set_limits(
  p_community uuid, p_id uuid, p_floor integer, p_ceiling integer
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE account SET floor = p_floor, ceiling = p_ceiling
  WHERE community_id = p_community AND id = p_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', p_id USING ERRCODE = 'EH005';
  END IF;
END
$$;
