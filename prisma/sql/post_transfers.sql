-- Posts several transfers, all or none. p_legs is an array of objects with the keys id, kind, debit, credit,
-- minutes and, optionally, exchange.
CREATE OR REPLACE FUNCTION post_transfers(p_community uuid, p_legs jsonb) RETURNS SETOF transfer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_leg jsonb;
BEGIN
  -- All locks of all legs first and in one order, so that legs in any order cannot deadlock.
  PERFORM 1 FROM exchange
  WHERE community_id = p_community
    AND id IN (SELECT (leg ->> 'exchange')::uuid FROM jsonb_array_elements(p_legs) AS leg)
  ORDER BY id FOR NO KEY UPDATE;
  PERFORM 1 FROM hold
  WHERE community_id = p_community
    AND exchange_id IN (SELECT (leg ->> 'exchange')::uuid FROM jsonb_array_elements(p_legs) AS leg)
  ORDER BY exchange_id FOR UPDATE;
  PERFORM 1 FROM account
  WHERE community_id = p_community
    AND id IN (
      SELECT (leg ->> 'debit')::uuid FROM jsonb_array_elements(p_legs) AS leg
      UNION SELECT (leg ->> 'credit')::uuid FROM jsonb_array_elements(p_legs) AS leg
      -- An exchange that vouches for its giver lets the fund pay.
      UNION SELECT p_community
    )
  ORDER BY id FOR NO KEY UPDATE;
  FOR v_leg IN SELECT * FROM jsonb_array_elements(p_legs) LOOP
    RETURN NEXT post_transfer(
      p_community, (v_leg ->> 'id')::uuid, (v_leg ->> 'kind')::transfer_kind,
      (v_leg ->> 'debit')::uuid, (v_leg ->> 'credit')::uuid, (v_leg ->> 'minutes')::integer,
      (v_leg ->> 'exchange')::uuid
    );
  END LOOP;
END
$$;
