-- Opens an account with a balance of zero and no limits of its own. Idempotent; another kind for an existing id is
-- refused by a check of the table.
CREATE OR REPLACE FUNCTION open_account(
  p_community uuid, p_id uuid, p_kind account_kind
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO account (community_id, id, kind) VALUES (p_community, p_id, p_kind)
  ON CONFLICT (community_id, id) DO NOTHING;
END
$$;
