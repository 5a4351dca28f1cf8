-- Holds the minutes that a receiver promises by agreeing. Limits are asked here, once: the
-- receiver's floor, with all that they promised before, and the giver's ceiling.
CREATE OR REPLACE FUNCTION place_hold(
  p_community uuid, p_exchange uuid, p_account uuid, p_minutes integer, p_credit uuid
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_known hold%ROWTYPE;
  v_debit account%ROWTYPE;
  v_credit account%ROWTYPE;
  v_free integer;
BEGIN
  IF p_minutes IS NULL OR p_minutes NOT BETWEEN 1 AND 60000 OR p_account = p_credit THEN
    RAISE EXCEPTION 'cannot hold % minutes', p_minutes USING ERRCODE = 'EH006';
  END IF;
  -- The row of the hold is the lock of the hold, also before it exists.
  BEGIN
    INSERT INTO hold (community_id, exchange_id, account_id, minutes)
    VALUES (p_community, p_exchange, p_account, p_minutes)
    ON CONFLICT (community_id, exchange_id) DO NOTHING;
  EXCEPTION WHEN foreign_key_violation THEN
    RAISE EXCEPTION 'no exchange % or account %', p_exchange, p_account USING ERRCODE = 'EH005';
  END;
  IF NOT FOUND THEN
    SELECT * INTO v_known FROM hold
    WHERE community_id = p_community AND exchange_id = p_exchange FOR UPDATE;
    IF v_known.account_id <> p_account OR v_known.minutes <> p_minutes THEN
      RAISE EXCEPTION 'a hold for exchange % exists with other content', p_exchange
        USING ERRCODE = 'EH004';
    END IF;
    IF v_known.status <> 'open' THEN
      RAISE EXCEPTION 'the hold of exchange % has ended', p_exchange USING ERRCODE = 'EH007';
    END IF;
    RETURN;
  END IF;

  PERFORM 1 FROM account
  WHERE community_id = p_community AND id IN (p_account, p_credit)
  ORDER BY id FOR NO KEY UPDATE;
  SELECT * INTO v_debit FROM account WHERE community_id = p_community AND id = p_account;
  SELECT * INTO v_credit FROM account WHERE community_id = p_community AND id = p_credit;
  IF v_credit.id IS NULL THEN
    RAISE EXCEPTION 'no account %', p_credit USING ERRCODE = 'EH005';
  END IF;
  IF v_debit.closed_at IS NOT NULL OR v_credit.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'an account is closed' USING ERRCODE = 'EH003';
  END IF;
  v_free := v_debit.balance - v_debit.held - v_debit.floor;
  IF p_minutes > v_free THEN
    RAISE EXCEPTION 'the floor of account % would be passed', p_account
      USING ERRCODE = 'EH001', DETAIL = greatest(v_free, 0)::text;
  END IF;
  v_free := v_credit.ceiling - v_credit.balance;
  IF p_minutes > v_free THEN
    RAISE EXCEPTION 'the ceiling of account % would be passed', p_credit
      USING ERRCODE = 'EH002', DETAIL = greatest(v_free, 0)::text;
  END IF;
  UPDATE account SET held = held + p_minutes WHERE community_id = p_community AND id = p_account;
END
$$;
