-- The sides of an exchange are accounts: a member's, or the community fund's.

ALTER TABLE "exchange" DROP CONSTRAINT "exchange_community_id_giver_id_fkey";
ALTER TABLE "exchange" DROP CONSTRAINT "exchange_community_id_receiver_id_fkey";
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_community_id_giver_id_fkey" FOREIGN KEY ("community_id", "giver_id") REFERENCES "account"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_community_id_receiver_id_fkey" FOREIGN KEY ("community_id", "receiver_id") REFERENCES "account"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE exchange RENAME CONSTRAINT exchange_two_members TO exchange_two_sides;

-- A member is in one place at a time; the fund is in none.
ALTER TABLE exchange DROP CONSTRAINT exchange_giver_once;
ALTER TABLE exchange ADD CONSTRAINT exchange_giver_once EXCLUDE USING gist (
  community_id WITH =,
  giver_id WITH =,
  tsrange(starts_at AT TIME ZONE 'UTC', (starts_at AT TIME ZONE 'UTC') + make_interval(mins => minutes)) WITH &&
) WHERE (status = 'agreed' AND NOT overlap_exempt AND giver_id <> community_id);

-- Copies of prisma/sql/*.sql follow. A member may now pay the fund, for which nobody vouches.

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
    -- The fund pays below, so it is locked together with the others. A vouch is never withdrawn, and nobody vouches
    -- for the fund.
    SELECT p_community INTO v_fund FROM account AS debit JOIN account AS credit USING (community_id)
    WHERE community_id = p_community AND debit.id = p_debit AND credit.id = p_credit
      AND debit.vouched_at IS NOT NULL AND credit.vouched_at IS NULL AND credit.kind = 'member';
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
