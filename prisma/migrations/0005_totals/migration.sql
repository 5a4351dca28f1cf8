-- What an account gave and received is kept beside its balance: adding it up for each look took the
-- longer, the longer somebody had been a member. Copies of prisma/sql/*.sql follow.
ALTER TABLE "account" ADD COLUMN "given" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "received" INTEGER NOT NULL DEFAULT 0;

UPDATE account SET given = helped.given, received = helped.received
FROM (
  SELECT side.community_id, account_id, sum(side.given) AS given, sum(side.received) AS received
  FROM transfer AS t
  CROSS JOIN LATERAL (VALUES
    (t.community_id, t.credit_account_id, t.minutes, 0),
    (t.community_id, t.debit_account_id, 0, t.minutes)
  ) AS side (community_id, account_id, given, received)
  WHERE t.kind = 'exchange' AND NOT EXISTS (
    SELECT 1 FROM transfer AS undo
    WHERE undo.community_id = t.community_id AND undo.reverses_id = t.id
  )
  GROUP BY 1, 2
) AS helped
WHERE account.community_id = helped.community_id AND account.id = helped.account_id;

ALTER TABLE account
  ADD CONSTRAINT account_given_not_negative CHECK (given >= 0),
  ADD CONSTRAINT account_received_not_negative CHECK (received >= 0);

-- Moves minutes from the debit to the credit account, once for each id: the same id with the
-- same content answers as before and moves nothing, with other content it is an error.
--
-- An exchange is settled once, between its receiver and its giver, and its open hold is used up;
-- one whose hold was released will not happen any more. What was held was promised, so up to the hold's minutes
-- no limit is asked; what goes beyond is checked like any new debit and credit. The debit side
-- asks only its floor and the credit side only its ceiling, so that a limit lowered afterwards
-- never stands in the way of a movement that improves a balance.
--
-- p_at is the application's clock, which a test or the demo sets; it never lies in the future.
CREATE OR REPLACE FUNCTION post_transfer(
  p_community uuid, p_id uuid, p_kind transfer_kind, p_debit uuid, p_credit uuid,
  p_minutes integer, p_exchange uuid DEFAULT NULL, p_at timestamptz DEFAULT now()
) RETURNS transfer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_known transfer%ROWTYPE;
  v_debit account%ROWTYPE;
  v_credit account%ROWTYPE;
  v_exchange exchange%ROWTYPE;
  v_hold hold%ROWTYPE;
  v_held integer := 0;
  v_new integer;
  v_free integer;
  -- A gift is no help that anybody gave.
  v_helped integer := CASE WHEN p_kind = 'exchange' THEN p_minutes ELSE 0 END;
BEGIN
  IF p_minutes IS NULL OR p_minutes NOT BETWEEN 1 AND 60000 OR p_debit = p_credit THEN
    RAISE EXCEPTION 'cannot move % minutes from % to %', p_minutes, p_debit, p_credit
      USING ERRCODE = 'EH006';
  END IF;
  IF p_kind = 'reversal' THEN
    RAISE EXCEPTION 'reversals are made by reverse_transfer' USING ERRCODE = 'EH009';
  END IF;

  -- The exchange before its hold, the hold before the accounts: see 00_errors.sql.
  IF p_exchange IS NOT NULL THEN
    SELECT * INTO v_exchange FROM exchange
    WHERE community_id = p_community AND id = p_exchange FOR NO KEY UPDATE;
    IF NOT FOUND THEN
      RAISE EXCEPTION 'no exchange %', p_exchange USING ERRCODE = 'EH005';
    END IF;
    SELECT * INTO v_hold FROM hold
    WHERE community_id = p_community AND exchange_id = p_exchange FOR UPDATE;
  END IF;
  PERFORM 1 FROM account
  WHERE community_id = p_community AND id IN (p_debit, p_credit)
  ORDER BY id FOR NO KEY UPDATE;

  -- Looked up behind the locks: whoever sent the same id first has committed by now.
  SELECT * INTO v_known FROM transfer WHERE community_id = p_community AND id = p_id;
  IF FOUND THEN
    IF v_known.kind IS DISTINCT FROM p_kind
      OR v_known.debit_account_id IS DISTINCT FROM p_debit
      OR v_known.credit_account_id IS DISTINCT FROM p_credit
      OR v_known.minutes IS DISTINCT FROM p_minutes
      OR v_known.exchange_id IS DISTINCT FROM p_exchange
    THEN
      RAISE EXCEPTION 'transfer % exists with other content', p_id USING ERRCODE = 'EH004';
    END IF;
    RETURN v_known;
  END IF;

  SELECT * INTO v_debit FROM account WHERE community_id = p_community AND id = p_debit;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', p_debit USING ERRCODE = 'EH005';
  END IF;
  SELECT * INTO v_credit FROM account WHERE community_id = p_community AND id = p_credit;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', p_credit USING ERRCODE = 'EH005';
  END IF;

  IF p_exchange IS NOT NULL THEN
    IF (p_debit, p_credit) IS DISTINCT FROM (v_exchange.receiver_id, v_exchange.giver_id)
      OR v_hold.account_id <> p_debit
    THEN
      RAISE EXCEPTION 'exchange % is between other accounts', p_exchange USING ERRCODE = 'EH007';
    END IF;
    IF EXISTS (SELECT 1 FROM transfer WHERE community_id = p_community AND exchange_id = p_exchange)
    THEN
      RAISE EXCEPTION 'exchange % is settled', p_exchange USING ERRCODE = 'EH008';
    END IF;
    IF v_hold.status <> 'open' THEN
      RAISE EXCEPTION 'the hold of exchange % was released', p_exchange USING ERRCODE = 'EH007';
    END IF;
  END IF;
  IF v_hold.status = 'open' THEN
    v_held := v_hold.minutes;
    UPDATE hold SET status = 'settled', ended_at = now()
    WHERE community_id = p_community AND exchange_id = p_exchange;
  END IF;

  v_new := greatest(p_minutes - v_held, 0);
  IF v_new > 0 THEN
    IF v_debit.closed_at IS NOT NULL OR v_credit.closed_at IS NOT NULL THEN
      RAISE EXCEPTION 'an account is closed' USING ERRCODE = 'EH003';
    END IF;
    v_free := v_debit.balance - v_debit.held - v_debit.floor;
    IF v_new > v_free THEN
      RAISE EXCEPTION 'the floor of account % would be passed', p_debit
        USING ERRCODE = 'EH001', DETAIL = greatest(v_free, 0)::text;
    END IF;
    v_free := v_credit.ceiling - v_credit.balance;
    IF p_minutes > v_free THEN
      RAISE EXCEPTION 'the ceiling of account % would be passed', p_credit
        USING ERRCODE = 'EH002', DETAIL = greatest(v_free, 0)::text;
    END IF;
  END IF;

  UPDATE account
  SET balance = balance - p_minutes, version = version + 1, held = held - v_held,
    received = received + v_helped
  WHERE community_id = p_community AND id = p_debit
  RETURNING * INTO v_debit;
  UPDATE account
  SET balance = balance + p_minutes, version = version + 1, given = given + v_helped
  WHERE community_id = p_community AND id = p_credit
  RETURNING * INTO v_credit;

  BEGIN
    INSERT INTO transfer (
      community_id, id, kind, debit_account_id, credit_account_id, minutes,
      debit_version, debit_balance, credit_version, credit_balance, exchange_id, created_at
    ) VALUES (
      p_community, p_id, p_kind, p_debit, p_credit, p_minutes,
      v_debit.version, v_debit.balance, v_credit.version, v_credit.balance, p_exchange,
      least(p_at, now())
    ) RETURNING * INTO v_known;
  EXCEPTION WHEN unique_violation THEN
    -- Sent in the same moment between other accounts, whose locks do not meet ours.
    RAISE EXCEPTION 'transfer % exists with other content', p_id USING ERRCODE = 'EH004';
  END;
  RETURN v_known;
END
$$;

-- Undoes a transfer by its mirror image, once. No limit is asked: a mistake is undone whatever
-- became of the balances since. The same id again answers as before.
CREATE OR REPLACE FUNCTION reverse_transfer(p_community uuid, p_id uuid, p_reverses uuid)
RETURNS transfer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_old transfer%ROWTYPE;
  v_known transfer%ROWTYPE;
  v_debit account%ROWTYPE;
  v_credit account%ROWTYPE;
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
  IF EXISTS (SELECT 1 FROM transfer WHERE community_id = p_community AND reverses_id = p_reverses)
  THEN
    RAISE EXCEPTION 'transfer % is reversed', p_reverses USING ERRCODE = 'EH009';
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
      debit_version, debit_balance, credit_version, credit_balance, reverses_id
    ) VALUES (
      p_community, p_id, 'reversal', v_old.credit_account_id, v_old.debit_account_id, v_old.minutes,
      v_debit.version, v_debit.balance, v_credit.version, v_credit.balance, p_reverses
    ) RETURNING * INTO v_known;
  EXCEPTION WHEN unique_violation THEN
    -- Sent in the same moment between other accounts, whose locks do not meet ours.
    RAISE EXCEPTION 'transfer % exists with other content', p_id USING ERRCODE = 'EH004';
  END;
  RETURN v_known;
END
$$;

-- Every violation in the books of one community, or of all; empty when they are right.
CREATE OR REPLACE FUNCTION check_books(p_community uuid DEFAULT NULL)
RETURNS TABLE (community_id uuid, violation text, subject uuid, detail text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  WITH
  a AS (SELECT * FROM account WHERE p_community IS NULL OR account.community_id = p_community),
  t AS (SELECT * FROM transfer WHERE p_community IS NULL OR transfer.community_id = p_community),
  h AS (SELECT * FROM hold WHERE p_community IS NULL OR hold.community_id = p_community),
  line AS (
    SELECT t.community_id, debit_account_id AS account_id, debit_version AS version,
      -minutes AS minutes, debit_balance AS balance, id FROM t
    UNION ALL
    SELECT t.community_id, credit_account_id, credit_version, minutes, credit_balance, id FROM t
  ),
  replay AS (
    SELECT line.*,
      row_number() OVER w AS expected_version,
      sum(minutes) OVER w AS expected_balance
    FROM line
    WINDOW w AS (PARTITION BY line.community_id, account_id ORDER BY version, id)
  ),
  final AS (
    SELECT line.community_id, account_id, count(*) AS version, sum(minutes) AS balance
    FROM line GROUP BY 1, 2
  ),
  helped AS (
    SELECT line.community_id, account_id,
      sum(greatest(line.minutes, 0)) AS given, sum(greatest(-line.minutes, 0)) AS received
    FROM line JOIN t ON t.community_id = line.community_id AND t.id = line.id
    WHERE t.kind = 'exchange' AND NOT EXISTS (
      SELECT 1 FROM t AS undo WHERE undo.community_id = t.community_id AND undo.reverses_id = t.id
    )
    GROUP BY 1, 2
  ),
  promised AS (
    SELECT h.community_id, account_id, sum(minutes) AS held
    FROM h WHERE status = 'open' GROUP BY 1, 2
  )
  SELECT a.community_id, 'sum is not zero', NULL::uuid, sum(balance)::text
  FROM a GROUP BY 1 HAVING sum(balance) <> 0
  UNION ALL
  SELECT replay.community_id, 'version has a gap', account_id, version || ' for ' || expected_version
  FROM replay WHERE version <> expected_version
  UNION ALL
  SELECT replay.community_id, 'balance of a line does not follow', account_id,
    'version ' || version || ': ' || balance || ' for ' || expected_balance
  FROM replay WHERE balance <> expected_balance
  UNION ALL
  SELECT a.community_id, 'account differs from its lines', a.id,
    a.balance || ' v' || a.version || ' for ' || coalesce(f.balance, 0) || ' v' || coalesce(f.version, 0)
  FROM a LEFT JOIN final f ON f.community_id = a.community_id AND f.account_id = a.id
  WHERE a.balance <> coalesce(f.balance, 0) OR a.version <> coalesce(f.version, 0)
  UNION ALL
  SELECT f.community_id, 'lines without an account', f.account_id, f.version::text
  FROM final f LEFT JOIN a ON a.community_id = f.community_id AND a.id = f.account_id
  WHERE a.id IS NULL
  UNION ALL
  SELECT a.community_id, 'held differs from open holds', a.id, a.held || ' for ' || coalesce(p.held, 0)
  FROM a LEFT JOIN promised p ON p.community_id = a.community_id AND p.account_id = a.id
  WHERE a.held <> coalesce(p.held, 0)
  UNION ALL
  SELECT a.community_id, 'given or received differs from the lines', a.id,
    a.given || ' and ' || a.received || ' for '
      || coalesce(g.given, 0) || ' and ' || coalesce(g.received, 0)
  FROM a LEFT JOIN helped g ON g.community_id = a.community_id AND g.account_id = a.id
  WHERE a.given <> coalesce(g.given, 0) OR a.received <> coalesce(g.received, 0)
  UNION ALL
  SELECT h.community_id, 'hold and transfer disagree', h.exchange_id, h.status::text
  FROM h LEFT JOIN t ON t.community_id = h.community_id AND t.exchange_id = h.exchange_id
  WHERE (h.status = 'settled') <> (t.id IS NOT NULL AND t.debit_account_id = h.account_id)
  UNION ALL
  SELECT h.community_id, 'hold is open after its exchange ended', h.exchange_id, e.status::text
  FROM h JOIN exchange e ON e.community_id = h.community_id AND e.id = h.exchange_id
  WHERE h.status = 'open'
    AND e.status IN ('settled', 'declined', 'withdrawn', 'cancelled', 'expired')
  UNION ALL
  SELECT t.community_id, 'transfer is malformed', t.id, t.minutes::text
  FROM t WHERE minutes NOT BETWEEN 1 AND 60000 OR debit_account_id = credit_account_id
    OR (kind = 'reversal') <> (reverses_id IS NOT NULL)
    OR (kind = 'exchange') <> (exchange_id IS NOT NULL)
  UNION ALL
  SELECT t.community_id, 'reversal is no mirror', t.id, t.reverses_id::text
  FROM t LEFT JOIN t AS old ON old.community_id = t.community_id AND old.id = t.reverses_id
  WHERE t.reverses_id IS NOT NULL AND (
    old.id IS NULL OR old.kind = 'reversal' OR old.minutes <> t.minutes
    OR old.debit_account_id <> t.credit_account_id OR old.credit_account_id <> t.debit_account_id
  )
  UNION ALL
  SELECT e.community_id, 'exchange and transfer disagree', e.id, e.status::text
  FROM exchange e LEFT JOIN t ON t.community_id = e.community_id AND t.exchange_id = e.id
  WHERE (p_community IS NULL OR e.community_id = p_community) AND (
    (e.status = 'settled') <> (t.id IS NOT NULL)
    OR t.debit_account_id <> e.receiver_id OR t.credit_account_id <> e.giver_id
  )
$$;
