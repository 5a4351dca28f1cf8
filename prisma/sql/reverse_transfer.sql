-- Reverses an exchange's transfer, once, as the event of the exchange's current version says. No limit is checked:
-- a mistake is reversed whatever the balances are now. The same id again returns the first reversal.
CREATE OR REPLACE FUNCTION reverse_transfer(p_community uuid, p_id uuid, p_reverses uuid)
RETURNS transfer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_old transfer%ROWTYPE;
  v_known transfer%ROWTYPE;
  v_debit account%ROWTYPE;
  v_credit account%ROWTYPE;
  v_event exchange_event%ROWTYPE;
  v_helped integer;
BEGIN
  SELECT * INTO v_old FROM transfer WHERE community_id = p_community AND id = p_reverses;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no transfer %', p_reverses USING ERRCODE = 'EH005';
  END IF;
  IF v_old.kind = 'reversal' THEN
    RAISE EXCEPTION 'a reversal is not reversed' USING ERRCODE = 'EH009';
  END IF;
  PERFORM 1 FROM account
  WHERE community_id = p_community AND id IN (v_old.debit_account_id, v_old.credit_account_id)
  ORDER BY id FOR NO KEY UPDATE;

  SELECT * INTO v_known FROM transfer WHERE community_id = p_community AND id = p_id;
  IF FOUND THEN
    IF v_known.reverses_id IS DISTINCT FROM p_reverses THEN
      RAISE EXCEPTION 'transfer % exists with other content', p_id USING ERRCODE = 'EH004';
    END IF;
    RETURN v_known;
  END IF;
  -- An account's id is that of its welcome credit: see post_transfer.
  IF EXISTS (SELECT FROM account WHERE community_id = p_community AND id = p_id) THEN
    RAISE EXCEPTION '% is the id of an account', p_id USING ERRCODE = 'EH004';
  END IF;
  IF EXISTS (SELECT 1 FROM transfer WHERE community_id = p_community AND reverses_id = p_reverses)
  THEN
    RAISE EXCEPTION 'transfer % is reversed', p_reverses USING ERRCODE = 'EH009';
  END IF;
  SELECT event.* INTO v_event FROM exchange JOIN exchange_event AS event
    ON event.community_id = exchange.community_id AND event.exchange_id = exchange.id
      AND event.version = exchange.version
  WHERE exchange.community_id = p_community AND exchange.id = v_old.exchange_id
    AND event.kind IN ('reversed', 'returned');
  IF NOT FOUND THEN
    RAISE EXCEPTION 'nothing undoes transfer %', p_reverses USING ERRCODE = 'EH011';
  END IF;

  v_helped := CASE WHEN v_old.kind = 'exchange' THEN v_old.minutes ELSE 0 END;
  UPDATE account
  SET balance = balance - v_old.minutes, version = version + 1, given = given - v_helped
  WHERE community_id = p_community AND id = v_old.credit_account_id
  RETURNING * INTO v_debit;
  UPDATE account
  SET balance = balance + v_old.minutes, version = version + 1, received = received - v_helped
  WHERE community_id = p_community AND id = v_old.debit_account_id
  RETURNING * INTO v_credit;
  BEGIN
    INSERT INTO transfer (
      community_id, id, kind, debit_account_id, credit_account_id, minutes,
      debit_version, debit_balance, credit_version, credit_balance, reverses_id,
      authority, event_exchange_id, event_version
    ) VALUES (
      p_community, p_id, 'reversal', v_old.credit_account_id, v_old.debit_account_id, v_old.minutes,
      v_debit.version, v_debit.balance, v_credit.version, v_credit.balance, p_reverses,
      'event', v_event.exchange_id, v_event.version
    ) RETURNING * INTO v_known;
  EXCEPTION WHEN unique_violation THEN
    -- Sent in the same moment between other accounts, whose locks do not meet ours.
    RAISE EXCEPTION 'transfer % exists with other content', p_id USING ERRCODE = 'EH004';
  END;
  RETURN v_known;
END
$$;
