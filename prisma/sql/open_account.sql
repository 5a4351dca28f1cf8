-- Opens an account with a balance of zero. The same again is the same account, with the limits
-- that it has by now; another kind for the same id is refused by the table's check.
CREATE OR REPLACE FUNCTION open_account(
  p_community uuid, p_id uuid, p_kind account_kind, p_floor integer, p_ceiling integer
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO account (community_id, id, kind, floor, ceiling)
  VALUES (p_community, p_id, p_kind, p_floor, p_ceiling)
  ON CONFLICT (community_id, id) DO NOTHING;
END
$$;
