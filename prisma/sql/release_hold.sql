-- Releases the held minutes of an exchange that ended without a settlement. Idempotent.
CREATE OR REPLACE FUNCTION release_hold(p_community uuid, p_exchange uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_hold hold%ROWTYPE;
BEGIN
  SELECT * INTO v_hold FROM hold
  WHERE community_id = p_community AND exchange_id = p_exchange FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no hold for exchange %', p_exchange USING ERRCODE = 'EH005';
  END IF;
  IF v_hold.status = 'settled' THEN
    RAISE EXCEPTION 'the hold of exchange % is settled', p_exchange USING ERRCODE = 'EH007';
  END IF;
  IF v_hold.status = 'released' THEN
    RETURN;
  END IF;
  IF NOT EXISTS (
    SELECT FROM exchange WHERE community_id = p_community AND id = p_exchange
      AND status IN ('withdrawn', 'cancelled', 'expired')
  ) THEN
    RAISE EXCEPTION 'exchange % has not ended', p_exchange USING ERRCODE = 'EH011';
  END IF;
  UPDATE hold SET status = 'released', ended_at = now()
  WHERE community_id = p_community AND exchange_id = p_exchange;
  UPDATE account SET held = held - v_hold.minutes
  WHERE community_id = p_community AND id = v_hold.account_id;
END
$$;
