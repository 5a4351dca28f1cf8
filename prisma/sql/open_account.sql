-- Opens an account with a balance of zero. The same again is the same account.
CREATE OR REPLACE FUNCTION open_account(
  p_community uuid, p_id uuid, p_kind account_kind, p_floor integer, p_ceiling integer
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_kind account_kind;
BEGIN
  INSERT INTO account (community_id, id, kind, floor, ceiling)
  VALUES (p_community, p_id, p_kind, p_floor, p_ceiling)
  ON CONFLICT (community_id, id) DO NOTHING;
  IF NOT FOUND THEN
    SELECT kind INTO v_kind FROM account WHERE community_id = p_community AND id = p_id;
    IF v_kind IS DISTINCT FROM p_kind THEN
      RAISE EXCEPTION 'account % exists with another kind', p_id USING ERRCODE = 'EH004';
    END IF;
  END IF;
END
$$;
