-- Holds the minutes that a receiver promises by agreeing. The limits of promises are checked here: the receiver's
-- floor, counting earlier holds, and the giver's ceiling. post_transfer checks what goes beyond a hold.
-- The event of the exchange's current version must show that one of the two agreed.
CREATE OR REPLACE FUNCTION place_hold(
  p_community uuid, p_exchange uuid, p_account uuid, p_minutes integer, p_credit uuid
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_exchange exchange%ROWTYPE;
  v_known hold%ROWTYPE;
  v_debit account%ROWTYPE;
  v_credit account%ROWTYPE;
  v_free integer;
BEGIN
  IF p_minutes IS NULL OR p_minutes NOT BETWEEN 1 AND 60000 OR p_account = p_credit THEN
    RAISE EXCEPTION 'cannot hold % minutes', p_minutes USING ERRCODE = 'EH006';
  END IF;
  -- The exchange before its hold, the hold before the accounts: see 00_errors.sql.
  SELECT * INTO v_exchange FROM exchange
  WHERE community_id = p_community AND id = p_exchange FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no exchange %', p_exchange USING ERRCODE = 'EH005';
  END IF;
  SELECT * INTO v_known FROM hold
  WHERE community_id = p_community AND exchange_id = p_exchange FOR UPDATE;
  IF FOUND THEN
    IF v_known.account_id IS DISTINCT FROM p_account OR v_known.minutes <> p_minutes THEN
      RAISE EXCEPTION 'a hold for exchange % exists with other content', p_exchange
        USING ERRCODE = 'EH004';
    END IF;
    IF v_known.status <> 'open' THEN
      RAISE EXCEPTION 'the hold of exchange % has ended', p_exchange USING ERRCODE = 'EH007';
    END IF;
    RETURN;
  END IF;
  -- post_transfer would refuse to settle it: the exchange's transfer usually has the exchange's id.
  IF EXISTS (SELECT FROM account WHERE community_id = p_community AND id = p_exchange) THEN
    RAISE EXCEPTION '% is the id of an account', p_exchange USING ERRCODE = 'EH004';
  END IF;
  -- The sides of an exchange are accounts, so both exist.
  IF (p_account, p_credit) IS DISTINCT FROM (v_exchange.receiver_id, v_exchange.giver_id) THEN
    RAISE EXCEPTION 'exchange % is between other accounts', p_exchange USING ERRCODE = 'EH007';
  END IF;
  IF EXISTS (SELECT 1 FROM transfer WHERE community_id = p_community AND exchange_id = p_exchange)
  THEN
    RAISE EXCEPTION 'exchange % is settled', p_exchange USING ERRCODE = 'EH008';
  END IF;
  IF v_exchange.status <> 'agreed' OR NOT EXISTS (
    SELECT FROM exchange_event AS word
    WHERE word.community_id = p_community AND word.exchange_id = p_exchange
      AND word.version = v_exchange.version AND word.kind = 'agreed'
      AND word.member_id IN (p_account, p_credit)
  ) THEN
    RAISE EXCEPTION 'nobody agreed to exchange %', p_exchange USING ERRCODE = 'EH011';
  END IF;

  PERFORM 1 FROM account
  WHERE community_id = p_community AND id IN (p_account, p_credit)
  ORDER BY id FOR NO KEY UPDATE;
  SELECT * INTO v_debit FROM account WHERE community_id = p_community AND id = p_account;
  SELECT * INTO v_credit FROM account WHERE community_id = p_community AND id = p_credit;
  IF v_debit.closed_at IS NOT NULL OR v_credit.closed_at IS NOT NULL THEN
    RAISE EXCEPTION 'an account is closed' USING ERRCODE = 'EH003';
  END IF;
  v_free := v_debit.balance - v_debit.held - floor_of(v_debit);
  IF p_minutes > v_free THEN
    RAISE EXCEPTION 'the floor of account % would be passed', p_account
      USING ERRCODE = 'EH001', DETAIL = greatest(v_free, 0)::text;
  END IF;
  v_free := v_credit.ceiling - v_credit.balance;
  IF p_minutes > v_free THEN
    RAISE EXCEPTION 'the ceiling of account % would be passed', p_credit
      USING ERRCODE = 'EH002', DETAIL = greatest(v_free, 0)::text;
  END IF;
  INSERT INTO hold (community_id, exchange_id, account_id, minutes)
  VALUES (p_community, p_exchange, p_account, p_minutes);
  UPDATE account SET held = held + p_minutes WHERE community_id = p_community AND id = p_account;
END
$$;
