-- Opens an account with a balance of zero and no limits of its own. Idempotent; another kind for an existing id is
-- refused by a check of the table. The account's id will be that of its welcome credit, so no transfer may have it,
-- nor an exchange, whose transfer has the exchange's id. New ids are random: nobody can use one before it is stored.
CREATE OR REPLACE FUNCTION open_account(
  p_community uuid, p_id uuid, p_kind account_kind
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO account (community_id, id, kind) VALUES (p_community, p_id, p_kind)
  ON CONFLICT (community_id, id) DO NOTHING;
  IF FOUND AND (
    EXISTS (SELECT FROM transfer WHERE community_id = p_community AND id = p_id)
    OR EXISTS (SELECT FROM exchange WHERE community_id = p_community AND id = p_id)
  ) THEN
    RAISE EXCEPTION '% is the id of a transfer or an exchange', p_id USING ERRCODE = 'EH004';
  END IF;
END
$$;
