-- Closes an account with a balance of zero and nothing held. A closed account takes part in no new transfer.
CREATE OR REPLACE FUNCTION close_account(p_community uuid, p_id uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_account account%ROWTYPE;
BEGIN
  SELECT * INTO v_account FROM account
  WHERE community_id = p_community AND id = p_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', p_id USING ERRCODE = 'EH005';
  END IF;
  IF v_account.balance <> 0 OR v_account.held <> 0 THEN
    RAISE EXCEPTION 'account % is not at zero', p_id USING ERRCODE = 'EH010';
  END IF;
  UPDATE account SET closed_at = coalesce(closed_at, now())
  WHERE community_id = p_community AND id = p_id;
END
$$;
