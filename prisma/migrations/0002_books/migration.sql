-- The books: rules that the tables keep by themselves, the functions that are their only
-- writers, the statement, and the restricted role of the application.
-- The current text of each function stands in prisma/sql/; this is a copy.

-- Rules --------------------------------------------------------------------------------------

ALTER TABLE account
  ADD CONSTRAINT account_held_not_negative CHECK (held >= 0),
  ADD CONSTRAINT account_version_not_negative CHECK (version >= 0),
  ADD CONSTRAINT account_floor_not_positive CHECK (floor <= 0),
  ADD CONSTRAINT account_ceiling_not_negative CHECK (ceiling >= 0),
  ADD CONSTRAINT account_fund_is_community CHECK ((kind = 'fund') = (id = community_id));

ALTER TABLE transfer
  ADD CONSTRAINT transfer_minutes CHECK (minutes BETWEEN 1 AND 60000),
  ADD CONSTRAINT transfer_two_accounts CHECK (debit_account_id <> credit_account_id),
  ADD CONSTRAINT transfer_exchange CHECK ((kind = 'exchange') = (exchange_id IS NOT NULL)),
  ADD CONSTRAINT transfer_reversal CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL));

ALTER TABLE hold
  ADD CONSTRAINT hold_minutes CHECK (minutes BETWEEN 1 AND 60000),
  ADD CONSTRAINT hold_ended CHECK ((status = 'open') = (ended_at IS NULL));

ALTER TABLE exchange
  ADD CONSTRAINT exchange_two_members CHECK (giver_id <> receiver_id),
  ADD CONSTRAINT exchange_minutes CHECK (minutes BETWEEN 1 AND 60000),
  ADD CONSTRAINT exchange_reported_minutes CHECK (reported_minutes BETWEEN 1 AND 60000),
  ADD CONSTRAINT exchange_last_by_side CHECK (last_by_id IN (giver_id, receiver_id));

ALTER TABLE community
  ADD CONSTRAINT community_granularity CHECK (granularity BETWEEN 1 AND 60),
  ADD CONSTRAINT community_floors CHECK (floor <= soft_floor AND soft_floor <= 0),
  ADD CONSTRAINT community_welcome_credit CHECK (welcome_credit BETWEEN 0 AND 6000),
  ADD CONSTRAINT community_confirmation_days CHECK (confirmation_days BETWEEN 1 AND 60);

ALTER TABLE invitation
  ADD CONSTRAINT invitation_uses CHECK (uses BETWEEN 0 AND max_uses);

ALTER TABLE installation
  ADD CONSTRAINT installation_one_row CHECK (id = 1);

-- Functions -------------------------------------------------------------------------------

-- The errors of the books, raised with these SQLSTATE codes:
--   EH001 the floor would be passed             detail: minutes still available
--   EH002 the ceiling would be passed           detail: minutes still available
--   EH003 the account is closed
--   EH004 the id was used before with other content
--   EH005 no such account, exchange or transfer
--   EH006 minutes out of range, or debit and credit the same
--   EH007 the hold is not open, or the exchange is between other accounts
--   EH008 the exchange was settled by another transfer
--   EH009 already reversed, or not to be reversed
--   EH010 the account is not at zero
--
-- One order of locks everywhere, so that no two functions wait for each other in a circle:
-- the exchange, its hold, then accounts by ascending id. The exchange comes first because it is
-- the one row that is there before its hold and its transfer are: who has it knows that neither
-- appears behind their back.

-- Takes back the job of a key, if it still waits.
CREATE OR REPLACE FUNCTION cancel_job(p_key text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM graphile_worker.remove_job(p_key);
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

-- Closes an account that is at zero with nothing held; it takes part in nothing new.
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

-- Asks for a job in the caller's transaction. The application's role cannot reach the queue
-- itself, and can ask for these tasks only.
CREATE OR REPLACE FUNCTION enqueue_job(
  p_task text, p_payload jsonb, p_run_at timestamptz, p_key text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF p_task NOT IN ('exchange-due', 'send-mail') THEN
    RAISE EXCEPTION 'no task %', p_task USING ERRCODE = 'EH005';
  END IF;
  PERFORM graphile_worker.add_job(
    identifier => p_task, payload => p_payload::json, run_at => p_run_at, job_key => p_key,
    job_key_mode => 'replace'
  );
END
$$;

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

-- Holds the minutes that a receiver promises by agreeing. Limits are asked here, once: the
-- receiver's floor, with all that they promised before, and the giver's ceiling.
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
  -- A member's account has the member's id, so these are both accounts that exist.
  IF (p_account, p_credit) IS DISTINCT FROM (v_exchange.receiver_id, v_exchange.giver_id) THEN
    RAISE EXCEPTION 'exchange % is between other accounts', p_exchange USING ERRCODE = 'EH007';
  END IF;
  IF EXISTS (SELECT 1 FROM transfer WHERE community_id = p_community AND exchange_id = p_exchange)
  THEN
    RAISE EXCEPTION 'exchange % is settled', p_exchange USING ERRCODE = 'EH008';
  END IF;

  PERFORM 1 FROM account
  WHERE community_id = p_community AND id IN (p_account, p_credit)
  ORDER BY id FOR NO KEY UPDATE;
  SELECT * INTO v_debit FROM account WHERE community_id = p_community AND id = p_account;
  SELECT * INTO v_credit FROM account WHERE community_id = p_community AND id = p_credit;
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
  INSERT INTO hold (community_id, exchange_id, account_id, minutes)
  VALUES (p_community, p_exchange, p_account, p_minutes);
  UPDATE account SET held = held + p_minutes WHERE community_id = p_community AND id = p_account;
END
$$;

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
  SET balance = balance - p_minutes, version = version + 1, held = held - v_held
  WHERE community_id = p_community AND id = p_debit
  RETURNING * INTO v_debit;
  UPDATE account SET balance = balance + p_minutes, version = version + 1
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

-- Moves several legs, all or none. p_legs is an array of objects with the keys
-- id, kind, debit, credit, minutes and, where there is one, exchange.
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

-- What is in the books stays as it is, for the owner of the database too.
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% on % is refused: the books are only added to', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'insufficient_privilege';
END
$$;

-- Frees the minutes of an exchange that will not happen. Released twice is released once.
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
  UPDATE hold SET status = 'released', ended_at = now()
  WHERE community_id = p_community AND exchange_id = p_exchange;
  UPDATE account SET held = held - v_hold.minutes
  WHERE community_id = p_community AND id = v_hold.account_id;
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

  UPDATE account SET balance = balance - v_old.minutes, version = version + 1
  WHERE community_id = p_community AND id = v_old.credit_account_id
  RETURNING * INTO v_debit;
  UPDATE account SET balance = balance + v_old.minutes, version = version + 1
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

-- Changes what an account may promise from now on; takes nothing back.
CREATE OR REPLACE FUNCTION set_limits(
  p_community uuid, p_id uuid, p_floor integer, p_ceiling integer
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE account SET floor = p_floor, ceiling = p_ceiling
  WHERE community_id = p_community AND id = p_id;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no account %', p_id USING ERRCODE = 'EH005';
  END IF;
END
$$;

-- What is in the books stays ----------------------------------------------------------------

CREATE TRIGGER transfer_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON transfer
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER account_stays BEFORE DELETE OR TRUNCATE ON account
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER hold_stays BEFORE DELETE OR TRUNCATE ON hold
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The statement: each transfer from both of its sides -----------------------------------------

CREATE VIEW statement WITH (security_invoker = true) AS
  SELECT community_id, debit_account_id AS account_id, debit_version AS version,
    id AS transfer_id, kind, -minutes AS minutes, debit_balance AS balance,
    credit_account_id AS counterpart_id, exchange_id, reverses_id, created_at
  FROM transfer
  UNION ALL
  SELECT community_id, credit_account_id, credit_version,
    id, kind, minutes, credit_balance,
    debit_account_id, exchange_id, reverses_id, created_at
  FROM transfer;

-- The application's role ----------------------------------------------------------------------

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'evenhour_app') THEN
    CREATE ROLE evenhour_app NOLOGIN;
  END IF;
EXCEPTION
  -- Another database of the same server made it in the same moment.
  WHEN duplicate_object OR unique_violation THEN NULL;
END
$$;

DO $$
BEGIN
  -- The owner's connections step down to it. A superuser needs no membership. From PostgreSQL 16
  -- who creates a role is its member, and may all the same not SET it before they grant it to
  -- themselves; 15 knows neither that difference nor the word.
  IF NOT pg_has_role(current_user, 'evenhour_app',
    CASE WHEN current_setting('server_version_num')::integer < 160000 THEN 'MEMBER' ELSE 'SET' END)
  THEN
    EXECUTE format('GRANT evenhour_app TO %I', current_user);
  END IF;
EXCEPTION
  -- Another database of the same owner was granted it in the same moment.
  WHEN unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'The role evenhour_app exists but % may not use it. As a superuser: GRANT evenhour_app TO %',
      current_user, current_user;
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO evenhour_app;

GRANT SELECT ON account, transfer, hold, statement TO evenhour_app;
GRANT SELECT, INSERT, UPDATE ON
  installation, "user", session, identity, sign_in_link, mail, community, member, invitation,
  listing, exchange
TO evenhour_app;
GRANT SELECT, INSERT ON exchange_event, exchange_note TO evenhour_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON rate_limit TO evenhour_app;

GRANT EXECUTE ON FUNCTION
  open_account(uuid, uuid, account_kind, integer, integer),
  close_account(uuid, uuid),
  set_limits(uuid, uuid, integer, integer),
  post_transfer(uuid, uuid, transfer_kind, uuid, uuid, integer, uuid, timestamptz),
  post_transfers(uuid, jsonb),
  reverse_transfer(uuid, uuid, uuid),
  place_hold(uuid, uuid, uuid, integer, uuid),
  release_hold(uuid, uuid),
  check_books(uuid),
  enqueue_job(text, jsonb, timestamptz, text),
  cancel_job(text)
TO evenhour_app;
