-- Each transfer names its authority. Old ones get the event that settled or undid their exchange, or the vouch for
-- who was welcomed.

CREATE TYPE "transfer_authority" AS ENUM ('event', 'vouch', 'decision');
CREATE TYPE "power" AS ENUM ('coordinator');

ALTER TABLE "transfer" ADD COLUMN     "authority" "transfer_authority",
ADD COLUMN     "decided_by_id" UUID,
ADD COLUMN     "decided_power" "power",
ADD COLUMN     "event_exchange_id" UUID,
ADD COLUMN     "event_version" INTEGER,
ADD COLUMN     "vouched_member_id" UUID;

ALTER TABLE transfer DISABLE TRIGGER transfer_stays;
UPDATE transfer SET authority = 'vouch', vouched_member_id = credit_account_id WHERE kind = 'welcome';
-- A damaged exchange may have no such event. Its transfer gets the latest one, and check_books reports it as before.
UPDATE transfer AS t SET authority = 'event', event_exchange_id = t.exchange_id, event_version = (
  SELECT event.version FROM exchange_event AS event
  WHERE event.community_id = t.community_id AND event.exchange_id = t.exchange_id
  ORDER BY settlement_event(
    t.community_id, t.exchange_id, t.credit_account_id, t.debit_account_id, t.minutes, event.version
  ) IS NOT NULL DESC, event.version DESC
  LIMIT 1
) WHERE kind = 'exchange';
UPDATE transfer AS t SET authority = 'event', event_exchange_id = undone.exchange_id, event_version = (
  SELECT event.version FROM exchange_event AS event
  WHERE event.community_id = t.community_id AND event.exchange_id = undone.exchange_id
  ORDER BY event.kind IN ('reversed', 'returned') DESC, event.version DESC
  LIMIT 1
) FROM transfer AS undone
WHERE t.kind = 'reversal' AND undone.community_id = t.community_id AND undone.id = t.reverses_id;
ALTER TABLE transfer ENABLE TRIGGER transfer_stays;

ALTER TABLE "transfer" ALTER COLUMN "authority" SET NOT NULL;
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_community_id_event_exchange_id_event_version_fkey" FOREIGN KEY ("community_id", "event_exchange_id", "event_version") REFERENCES "exchange_event"("community_id", "exchange_id", "version") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_community_id_vouched_member_id_fkey" FOREIGN KEY ("community_id", "vouched_member_id") REFERENCES "vouch"("community_id", "member_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_community_id_decided_by_id_fkey" FOREIGN KEY ("community_id", "decided_by_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What each authority refers to.
ALTER TABLE transfer
  ADD CONSTRAINT transfer_event CHECK ((authority = 'event') = (event_exchange_id IS NOT NULL)),
  ADD CONSTRAINT transfer_event_version CHECK ((authority = 'event') = (event_version IS NOT NULL)),
  ADD CONSTRAINT transfer_vouch CHECK ((authority = 'vouch') = (vouched_member_id IS NOT NULL)),
  ADD CONSTRAINT transfer_decision CHECK ((authority = 'decision') = (decided_by_id IS NOT NULL)),
  ADD CONSTRAINT transfer_decision_power CHECK ((authority = 'decision') = (decided_power IS NOT NULL));
-- Which authority each kind of transfer needs. A new kind needs one too, and its own line here if not any will do.
ALTER TABLE transfer
  ADD CONSTRAINT transfer_exchange_authority CHECK (kind <> 'exchange' OR (authority = 'event' AND event_exchange_id = exchange_id)),
  ADD CONSTRAINT transfer_reversal_authority CHECK (kind <> 'reversal' OR authority = 'event'),
  ADD CONSTRAINT transfer_welcome_authority CHECK (kind <> 'welcome' OR (authority = 'vouch' AND vouched_member_id = credit_account_id));

DROP FUNCTION settlement_event(uuid, uuid, uuid, uuid, integer, integer);

-- Copies of prisma/sql/*.sql follow.

-- The kind of the event p_version of an exchange, if it authorizes these minutes to move; NULL without authority:
--   recorded, reported    by the receiver, who pays
--   confirmed             by one side, of what the other side recorded or reported
--   resolvedWithHours     by neither side, after a dispute
--   settledAutomatically  by nobody, of what was agreed and reported, up to the agreed minutes
CREATE OR REPLACE FUNCTION settlement_event(
  p_community uuid, p_exchange uuid, p_giver uuid, p_receiver uuid, p_minutes integer,
  p_version integer
) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT word.kind FROM exchange_event AS word
    WHERE word.community_id = p_community AND word.exchange_id = p_exchange
      AND word.version = p_version AND word.minutes = p_minutes
      AND CASE word.kind
        WHEN 'recorded' THEN word.member_id = p_receiver
        WHEN 'reported' THEN word.member_id = p_receiver
        WHEN 'confirmed' THEN word.member_id IN (p_giver, p_receiver) AND EXISTS (
          SELECT FROM exchange_event AS report
          WHERE report.community_id = p_community AND report.exchange_id = p_exchange
            AND report.version < word.version AND report.kind IN ('recorded', 'reported')
            AND report.member_id <> word.member_id)
        WHEN 'resolvedWithHours' THEN word.member_id NOT IN (p_giver, p_receiver) AND EXISTS (
          SELECT FROM exchange_event AS dispute
          WHERE dispute.community_id = p_community AND dispute.exchange_id = p_exchange
            AND dispute.version < word.version AND dispute.kind IN ('disputed', 'escalated'))
        WHEN 'settledAutomatically' THEN word.member_id IS NULL AND EXISTS (
          SELECT FROM exchange_event AS agreement
          WHERE agreement.community_id = p_community AND agreement.exchange_id = p_exchange
            AND agreement.version < word.version AND agreement.kind = 'agreed'
            AND agreement.minutes >= word.minutes)
        ELSE false
      END
  );
END
$$;

-- Moves minutes from the debit to the credit account, once for each id: the same id with the same content returns
-- the first transfer, and with other content raises an error.
--
-- An exchange is settled once, between its receiver and its giver, and its open hold is settled with it. An
-- exchange whose hold was released cannot be settled. Held minutes were promised, so no limit is checked up to
-- them; minutes beyond them are checked as any new debit and credit. The debit side is checked only against its
-- floor and the credit side only against its ceiling, so that a limit that was lowered later never prevents a
-- transfer that improves a balance.
--
-- Nothing moves without authority, and the transfer names it. A welcome credit comes from the fund, once for each
-- vouched member (its id is the member's), and is at most what the community grants. An exchange is settled by the
-- event of its current version (settlement_event). A vouched receiver thereby vouches for a giver who is not vouched
-- yet, whose welcome credit is then paid too; may_vouch limits for how many. An automatic settlement
-- (settledAutomatically) vouches for nobody.
--
-- p_at is the application's clock, which a test or the demo may set. The stored time is never in the future.
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
  v_word text;
  -- The community's account, when this exchange may vouch for its giver.
  v_fund uuid;
  v_vouches boolean;
  v_welcome integer;
  -- A welcome credit does not count as help.
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
    -- The fund pays below, so it is locked together with the others. A vouch is never withdrawn.
    SELECT p_community INTO v_fund FROM account AS debit JOIN account AS credit USING (community_id)
    WHERE community_id = p_community AND debit.id = p_debit AND credit.id = p_credit
      AND debit.vouched_at IS NOT NULL AND credit.vouched_at IS NULL;
  END IF;
  PERFORM 1 FROM account
  WHERE community_id = p_community AND id IN (p_debit, p_credit, v_fund)
  ORDER BY id FOR NO KEY UPDATE;

  -- Read after locking: an earlier transaction with the same id has committed by now.
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

  -- An account's id is that of its welcome credit, which could otherwise never be paid.
  IF p_kind <> 'welcome'
    AND EXISTS (SELECT FROM account WHERE community_id = p_community AND id = p_id)
  THEN
    RAISE EXCEPTION '% is the id of an account', p_id USING ERRCODE = 'EH004';
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
    v_word := settlement_event(
      p_community, p_exchange, p_credit, p_debit, p_minutes, v_exchange.version);
    IF v_exchange.status <> 'settled' OR v_word IS NULL THEN
      RAISE EXCEPTION 'nothing settles exchange % for % minutes', p_exchange, p_minutes
        USING ERRCODE = 'EH011';
    END IF;
  END IF;
  IF p_kind = 'welcome' THEN
    SELECT welcome_credit INTO v_welcome FROM community WHERE id = p_community;
    IF p_debit <> p_community OR p_id <> p_credit OR v_credit.vouched_at IS NULL
      OR p_minutes > v_welcome
    THEN
      RAISE EXCEPTION '% is no welcome credit of %', p_id, p_credit USING ERRCODE = 'EH011';
    END IF;
    IF v_credit.closed_at IS NOT NULL THEN
      RAISE EXCEPTION 'an account is closed' USING ERRCODE = 'EH003';
    END IF;
  END IF;
  IF v_hold.status = 'open' THEN
    v_held := v_hold.minutes;
    UPDATE hold SET status = 'settled', ended_at = now()
    WHERE community_id = p_community AND exchange_id = p_exchange;
  END IF;

  v_new := greatest(p_minutes - v_held, 0);
  -- A welcome credit is checked against no limit: the fund has no floor, and the ceiling does not apply.
  IF v_new > 0 AND p_kind <> 'welcome' THEN
    IF v_debit.closed_at IS NOT NULL OR v_credit.closed_at IS NOT NULL THEN
      RAISE EXCEPTION 'an account is closed' USING ERRCODE = 'EH003';
    END IF;
    v_free := v_debit.balance - v_debit.held - floor_of(v_debit);
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
  v_vouches := v_fund IS NOT NULL AND v_word <> 'settledAutomatically' AND v_credit.vouched_at IS NULL
    AND v_credit.closed_at IS NULL AND may_vouch(p_community, p_debit);
  UPDATE account
  SET balance = balance + p_minutes, version = version + 1, given = given + v_helped,
    vouched_at = CASE WHEN v_vouches THEN least(p_at, now()) ELSE vouched_at END
  WHERE community_id = p_community AND id = p_credit
  RETURNING * INTO v_credit;

  BEGIN
    INSERT INTO transfer (
      community_id, id, kind, debit_account_id, credit_account_id, minutes,
      debit_version, debit_balance, credit_version, credit_balance, exchange_id,
      authority, event_exchange_id, event_version, vouched_member_id, created_at
    ) VALUES (
      p_community, p_id, p_kind, p_debit, p_credit, p_minutes,
      v_debit.version, v_debit.balance, v_credit.version, v_credit.balance, p_exchange,
      CASE p_kind WHEN 'welcome' THEN 'vouch' ELSE 'event' END::transfer_authority,
      p_exchange, v_exchange.version, CASE p_kind WHEN 'welcome' THEN p_credit END,
      least(p_at, now())
    ) RETURNING * INTO v_known;
  EXCEPTION WHEN unique_violation THEN
    -- A concurrent transaction used the id between other accounts, which are not locked here.
    RAISE EXCEPTION 'transfer % exists with other content', p_id USING ERRCODE = 'EH004';
  END;
  IF v_vouches THEN
    INSERT INTO vouch (community_id, member_id, kind, by_id, acting_user_id, source_id, at)
    VALUES (p_community, p_credit, 'exchange', p_debit, (
      -- Who acted for the receiver, also when the giver's step settled what the receiver had reported.
      SELECT acting_user_id FROM exchange_event
      WHERE community_id = p_community AND exchange_id = p_exchange AND member_id = p_debit
      ORDER BY version DESC LIMIT 1
    ), p_exchange, v_credit.vouched_at);
    SELECT welcome_credit INTO v_welcome FROM community WHERE id = p_community;
    IF v_welcome > 0 THEN
      PERFORM post_transfer(
        p_community, p_credit, 'welcome', p_community, p_credit, v_welcome, NULL, p_at);
    END IF;
  END IF;
  RETURN v_known;
END
$$;

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

-- Returns every violation in the books of one community, or of all; no rows when the books are right.
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
  ),
  decided AS (
    SELECT DISTINCT ON (d.community_id, member_id) d.community_id, member_id, d.floor, d.ceiling
    FROM limit_decision AS d JOIN a ON a.community_id = d.community_id AND a.id = d.member_id
    ORDER BY d.community_id, member_id, d.version DESC
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
  SELECT h.community_id, 'hold is open without an agreement', h.exchange_id, e.status::text
  FROM h JOIN exchange e ON e.community_id = h.community_id AND e.id = h.exchange_id
  WHERE h.status = 'open'
    AND e.status NOT IN ('agreed', 'reported', 'disputed')
  UNION ALL
  SELECT e.community_id, 'agreed help is not held', e.id, e.minutes::text
  FROM exchange e
  WHERE (p_community IS NULL OR e.community_id = p_community)
    AND e.agreed_at IS NOT NULL AND e.status IN ('agreed', 'reported', 'disputed')
    AND NOT EXISTS (
      SELECT FROM h WHERE h.community_id = e.community_id AND h.exchange_id = e.id
        AND h.account_id = e.receiver_id AND h.minutes = e.minutes AND h.status = 'open'
    )
  UNION ALL
  SELECT t.community_id, 'transfer is malformed', t.id, t.minutes::text
  FROM t WHERE minutes NOT BETWEEN 1 AND 60000 OR debit_account_id = credit_account_id
    OR (kind = 'reversal') <> (reverses_id IS NOT NULL)
    OR (kind = 'exchange') <> (exchange_id IS NOT NULL)
  UNION ALL
  SELECT t.community_id, 'transfer has the id of an account', t.id, t.kind::text
  FROM t JOIN a ON a.community_id = t.community_id AND a.id = t.id
  WHERE t.kind <> 'welcome'
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
  UNION ALL
  SELECT t.community_id, 'welcome credit without authority', t.id, t.minutes::text
  FROM t LEFT JOIN vouch AS v ON v.community_id = t.community_id AND v.member_id = t.id
  WHERE t.kind = 'welcome' AND (
    t.debit_account_id <> t.community_id OR t.credit_account_id <> t.id OR v.member_id IS NULL
  )
  UNION ALL
  SELECT t.community_id, 'exchange settled without authority', t.id, t.minutes::text
  FROM t
  WHERE t.kind = 'exchange' AND settlement_event(
    t.community_id, t.exchange_id, t.credit_account_id, t.debit_account_id, t.minutes, t.event_version
  ) IS NULL
  UNION ALL
  SELECT t.community_id, 'reversal without authority', t.id, t.reverses_id::text
  FROM t JOIN t AS old ON old.community_id = t.community_id AND old.id = t.reverses_id
  WHERE NOT EXISTS (
    SELECT FROM exchange_event AS undone
    WHERE undone.community_id = t.community_id AND undone.exchange_id = old.exchange_id
      AND undone.exchange_id = t.event_exchange_id AND undone.version = t.event_version
      AND undone.kind IN ('reversed', 'returned')
  )
  UNION ALL
  SELECT a.community_id, 'limits without authority', a.id,
    coalesce(a.floor::text, '-') || ' and ' || coalesce(a.ceiling::text, '-')
  FROM a LEFT JOIN decided AS d ON d.community_id = a.community_id AND d.member_id = a.id
  WHERE a.floor IS DISTINCT FROM d.floor OR a.ceiling IS DISTINCT FROM d.ceiling
  UNION ALL
  SELECT a.community_id, 'vouched for without authority', a.id, coalesce(a.vouched_at::text, '-')
  FROM a LEFT JOIN vouch AS v ON v.community_id = a.community_id AND v.member_id = a.id
  WHERE a.vouched_at IS DISTINCT FROM v.at
$$;

REVOKE ALL ON FUNCTION settlement_event(uuid, uuid, uuid, uuid, integer, integer) FROM PUBLIC;
