-- Nobody moves hours or changes limits without authority: each is tied to an event, a rule or a
-- decision that is written down, and check_books finds what is not.
--
-- The floor of most members is the community's rule, read where it stands: account.floor only holds
-- what was decided for one member. Members whom nobody has vouched for have a rule of their own.

CREATE TYPE "vouch_kind" AS ENUM ('founder', 'created', 'invited', 'approved', 'exchange', 'before');

ALTER TABLE "community" ADD COLUMN "newcomer_floor" INTEGER;
UPDATE community SET newcomer_floor = greatest(floor, -60);
ALTER TABLE "community" ALTER COLUMN "newcomer_floor" SET NOT NULL;
ALTER TABLE community
  ADD CONSTRAINT community_newcomer_floor CHECK (newcomer_floor BETWEEN floor AND 0);

ALTER TABLE "account" ADD COLUMN "vouched_at" TIMESTAMPTZ(3);

CREATE TABLE "vouch" (
    "community_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "kind" "vouch_kind" NOT NULL,
    "by_id" UUID,
    "source_id" UUID,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "vouch_pkey" PRIMARY KEY ("community_id","member_id")
);

CREATE TABLE "limit_decision" (
    "community_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "floor" INTEGER,
    "ceiling" INTEGER,
    "decided_by_id" UUID,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "limit_decision_pkey" PRIMARY KEY ("community_id","member_id","version")
);

ALTER TABLE "vouch" ADD CONSTRAINT "vouch_community_id_member_id_fkey" FOREIGN KEY ("community_id", "member_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "vouch" ADD CONSTRAINT "vouch_community_id_by_id_fkey" FOREIGN KEY ("community_id", "by_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "limit_decision" ADD CONSTRAINT "limit_decision_community_id_member_id_fkey" FOREIGN KEY ("community_id", "member_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "limit_decision" ADD CONSTRAINT "limit_decision_community_id_decided_by_id_fkey" FOREIGN KEY ("community_id", "decided_by_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Whoever is a member already counts as vouched for.
INSERT INTO vouch (community_id, member_id, kind, at)
SELECT community_id, id, 'before', joined_at FROM member;
UPDATE account SET vouched_at = vouch.at FROM vouch
WHERE vouch.community_id = account.community_id AND vouch.member_id = account.id;

-- A limit that differs from the community's was given to one member; who decided it was not kept.
INSERT INTO limit_decision (community_id, member_id, version, floor, ceiling, reason, at)
SELECT account.community_id, account.id, 1,
  -- No floor at all, which a member no longer has: a thousand times the longest transfer.
  nullif(coalesce(account.floor, -60000000), community.floor), account.ceiling, '', now()
FROM account
JOIN community ON community.id = account.community_id
JOIN member ON member.community_id = account.community_id AND member.id = account.id
WHERE account.floor IS DISTINCT FROM community.floor OR account.ceiling IS NOT NULL;

UPDATE account SET floor = decision.floor
FROM account AS each
LEFT JOIN limit_decision AS decision
  ON decision.community_id = each.community_id AND decision.member_id = each.id
WHERE each.community_id = account.community_id AND each.id = account.id
  AND account.floor IS DISTINCT FROM decision.floor;

CREATE TRIGGER vouch_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON vouch
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER limit_decision_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON limit_decision
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Copies of prisma/sql/*.sql follow.
DROP FUNCTION set_limits(uuid, uuid, integer, integer);
DROP FUNCTION open_account(uuid, uuid, account_kind, integer, integer);

-- The lowest balance (minutes) that an account may reach by a promise; NULL for no limit, which is
-- the fund's. A decision about this one member comes first, then the community's rule for members
-- who are vouched for, or for those who are not. The rule is read where it stands, so that changing
-- it touches no account.
CREATE OR REPLACE FUNCTION floor_of(p_account account) RETURNS integer
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF p_account.kind = 'fund' OR p_account.floor IS NOT NULL THEN
    RETURN p_account.floor;
  END IF;
  RETURN (
    SELECT CASE WHEN p_account.vouched_at IS NULL THEN newcomer_floor ELSE floor END
    FROM community WHERE id = p_account.community_id
  );
END
$$;

-- The kind of the event by which these minutes of an exchange may move; NULL when nobody had the
-- authority:
--   recorded, reported  by the receiver, who pays
--   confirmed           by one side what the other side had recorded or reported
--   awarded             by neither side, after a dispute
--   settledByTime       by nobody, of what was agreed and reported, up to the agreed minutes
-- With p_version only the event that made that version of the exchange counts.
CREATE OR REPLACE FUNCTION settling_word(
  p_community uuid, p_exchange uuid, p_giver uuid, p_receiver uuid, p_minutes integer,
  p_version integer DEFAULT NULL
) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN (
    SELECT word.kind FROM exchange_event AS word
    WHERE word.community_id = p_community AND word.exchange_id = p_exchange
      AND (p_version IS NULL OR word.version = p_version) AND word.minutes = p_minutes
      AND CASE word.kind
        WHEN 'recorded' THEN word.member_id = p_receiver
        WHEN 'reported' THEN word.member_id = p_receiver
        WHEN 'confirmed' THEN word.member_id IN (p_giver, p_receiver) AND EXISTS (
          SELECT FROM exchange_event AS report
          WHERE report.community_id = p_community AND report.exchange_id = p_exchange
            AND report.version < word.version AND report.kind IN ('recorded', 'reported')
            AND report.member_id <> word.member_id)
        WHEN 'awarded' THEN word.member_id NOT IN (p_giver, p_receiver) AND EXISTS (
          SELECT FROM exchange_event AS dispute
          WHERE dispute.community_id = p_community AND dispute.exchange_id = p_exchange
            AND dispute.version < word.version AND dispute.kind IN ('disputed', 'escalated'))
        WHEN 'settledByTime' THEN word.member_id IS NULL AND EXISTS (
          SELECT FROM exchange_event AS agreement
          WHERE agreement.community_id = p_community AND agreement.exchange_id = p_exchange
            AND agreement.version < word.version AND agreement.kind = 'agreed'
            AND agreement.minutes >= word.minutes)
        ELSE false
      END
    LIMIT 1
  );
END
$$;

-- Opens an account with a balance of zero and no limits of its own. The same again is the same
-- account; another kind for the same id is refused by the table's check.
CREATE OR REPLACE FUNCTION open_account(
  p_community uuid, p_id uuid, p_kind account_kind
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO account (community_id, id, kind) VALUES (p_community, p_id, p_kind)
  ON CONFLICT (community_id, id) DO NOTHING;
END
$$;

-- A coordinator decides what one member may promise from now on, other than the community's rules;
-- NULL for the community's floor, or for no ceiling. Takes nothing back. The decision is kept.
CREATE OR REPLACE FUNCTION decide_member_limits(
  p_community uuid, p_member uuid, p_floor integer, p_ceiling integer, p_by uuid, p_reason text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM 1 FROM account
  WHERE community_id = p_community AND id = p_member AND kind = 'member' FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no member %', p_member USING ERRCODE = 'EH005';
  END IF;
  PERFORM 1 FROM member
  WHERE community_id = p_community AND id = p_by AND id <> p_member
    AND role = 'coordinator' AND status = 'active';
  IF NOT FOUND THEN
    RAISE EXCEPTION '% may not decide about %', p_by, p_member USING ERRCODE = 'EH011';
  END IF;
  INSERT INTO limit_decision
    (community_id, member_id, version, floor, ceiling, decided_by_id, reason, at)
  SELECT p_community, p_member, coalesce(max(version), 0) + 1, p_floor, p_ceiling, p_by, p_reason,
    now()
  FROM limit_decision WHERE community_id = p_community AND member_id = p_member;
  UPDATE account SET floor = p_floor, ceiling = p_ceiling
  WHERE community_id = p_community AND id = p_member;
END
$$;

-- Vouches for a member, once, and pays the welcome credit that the community grants:
--   founder   the first member of a community, for themselves
--   created   by an active coordinator who entered the member
--   approved  by an active coordinator
--   invited   by the vouched maker of an invitation (p_source) that was for one person, and used
-- An exchange vouches in post_transfer. Vouched for twice is vouched for once.
CREATE OR REPLACE FUNCTION vouch_for(
  p_community uuid, p_member uuid, p_kind vouch_kind, p_by uuid, p_source uuid, p_at timestamptz
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_account account%ROWTYPE;
  v_welcome integer;
BEGIN
  -- The fund too, which pays below: all accounts at once and by ascending id, see 00_errors.sql.
  PERFORM 1 FROM account
  WHERE community_id = p_community AND id IN (p_community, p_member)
  ORDER BY id FOR NO KEY UPDATE;
  SELECT * INTO v_account FROM account
  WHERE community_id = p_community AND id = p_member AND kind = 'member';
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no member %', p_member USING ERRCODE = 'EH005';
  END IF;
  IF v_account.vouched_at IS NOT NULL THEN
    RETURN;
  END IF;
  IF (CASE p_kind
    WHEN 'founder' THEN p_by = p_member AND NOT EXISTS (
      SELECT FROM member WHERE community_id = p_community AND id <> p_member)
    WHEN 'created' THEN p_by <> p_member AND EXISTS (
      SELECT FROM member WHERE community_id = p_community AND id = p_by
        AND role = 'coordinator' AND status = 'active')
    WHEN 'approved' THEN p_by <> p_member AND EXISTS (
      SELECT FROM member WHERE community_id = p_community AND id = p_by
        AND role = 'coordinator' AND status = 'active')
    WHEN 'invited' THEN EXISTS (
      SELECT FROM invitation JOIN account USING (community_id)
      WHERE community_id = p_community AND invitation.id = p_source
        AND created_by_id = p_by AND max_uses = 1 AND uses = 1
        AND account.id = p_by AND account.vouched_at IS NOT NULL
    ) AND NOT EXISTS (
      SELECT FROM vouch WHERE community_id = p_community AND source_id = p_source)
    ELSE false
  END) IS NOT TRUE THEN
    RAISE EXCEPTION '% may not vouch for %', p_by, p_member USING ERRCODE = 'EH011';
  END IF;
  INSERT INTO vouch (community_id, member_id, kind, by_id, source_id, at)
  VALUES (p_community, p_member, p_kind, p_by, p_source, p_at);
  UPDATE account SET vouched_at = p_at WHERE community_id = p_community AND id = p_member;
  SELECT welcome_credit INTO v_welcome FROM community WHERE id = p_community;
  IF v_welcome > 0 THEN
    PERFORM post_transfer(
      p_community, p_member, 'welcome', p_community, p_member, v_welcome, NULL, p_at);
  END IF;
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

-- Moves minutes from the debit to the credit account, once for each id: the same id with the
-- same content answers as before and moves nothing, with other content it is an error.
--
-- An exchange is settled once, between its receiver and its giver, and its open hold is used up;
-- one whose hold was released will not happen any more. What was held was promised, so up to the hold's minutes
-- no limit is asked; what goes beyond is checked like any new debit and credit. The debit side
-- asks only its floor and the credit side only its ceiling, so that a limit lowered afterwards
-- never stands in the way of a movement that improves a balance.
--
-- Nothing moves without authority: a welcome credit comes from the fund, once for each member who is
-- vouched for (its id is the member's), and is at most what the community grants; an exchange is
-- settled by the event that made its version (settling_word). Whoever is vouched for vouches by
-- that for a giver who is not yet, and then the giver's welcome credit is paid as well. Silence
-- (settledByTime) vouches for nobody.
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
  v_word text;
  -- The community's account, when this exchange may vouch for its giver.
  v_fund uuid;
  v_vouches boolean;
  v_welcome integer;
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
    -- The fund pays below, so it is locked together with the others. Nobody ceases to be vouched for.
    SELECT p_community INTO v_fund FROM account AS debit JOIN account AS credit USING (community_id)
    WHERE community_id = p_community AND debit.id = p_debit AND credit.id = p_credit
      AND debit.vouched_at IS NOT NULL AND credit.vouched_at IS NULL;
  END IF;
  PERFORM 1 FROM account
  WHERE community_id = p_community AND id IN (p_debit, p_credit, v_fund)
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
    v_word := settling_word(
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
  -- The community's gift is no promise: the fund has no floor, and no ceiling stands in its way.
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
  v_vouches := v_fund IS NOT NULL AND v_word <> 'settledByTime' AND v_credit.vouched_at IS NULL
    AND v_credit.closed_at IS NULL;
  UPDATE account
  SET balance = balance + p_minutes, version = version + 1, given = given + v_helped,
    vouched_at = CASE WHEN v_vouches THEN least(p_at, now()) ELSE vouched_at END
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
  IF v_vouches THEN
    INSERT INTO vouch (community_id, member_id, kind, by_id, source_id, at)
    VALUES (p_community, p_credit, 'exchange', p_debit, p_exchange, v_credit.vouched_at);
    SELECT welcome_credit INTO v_welcome FROM community WHERE id = p_community;
    IF v_welcome > 0 THEN
      PERFORM post_transfer(
        p_community, p_credit, 'welcome', p_community, p_credit, v_welcome, NULL, p_at);
    END IF;
  END IF;
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

-- Undoes an exchange's transfer by its mirror image, once, as the event says that made the exchange's
-- version. No limit is asked: a mistake is undone whatever became of the balances since. The same
-- id again answers as before.
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
  IF NOT EXISTS (
    SELECT FROM exchange JOIN exchange_event AS event
      ON event.community_id = exchange.community_id AND event.exchange_id = exchange.id
        AND event.version = exchange.version
    WHERE exchange.community_id = p_community AND exchange.id = v_old.exchange_id
      AND event.kind IN ('reversed', 'returned')
  ) THEN
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
  UNION ALL
  SELECT t.community_id, 'welcome credit without authority', t.id, t.minutes::text
  FROM t LEFT JOIN vouch AS v ON v.community_id = t.community_id AND v.member_id = t.id
  WHERE t.kind = 'welcome' AND (
    t.debit_account_id <> t.community_id OR t.credit_account_id <> t.id OR v.member_id IS NULL
  )
  UNION ALL
  SELECT t.community_id, 'exchange settled without authority', t.id, t.minutes::text
  FROM t
  WHERE t.kind = 'exchange' AND settling_word(
    t.community_id, t.exchange_id, t.credit_account_id, t.debit_account_id, t.minutes
  ) IS NULL
  UNION ALL
  SELECT t.community_id, 'reversal without authority', t.id, t.reverses_id::text
  FROM t JOIN t AS old ON old.community_id = t.community_id AND old.id = t.reverses_id
  WHERE NOT EXISTS (
    SELECT FROM exchange_event AS undone
    WHERE undone.community_id = t.community_id AND undone.exchange_id = old.exchange_id
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

REVOKE ALL ON vouch, limit_decision FROM PUBLIC;
GRANT SELECT ON vouch, limit_decision TO evenhour_app;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
  open_account(uuid, uuid, account_kind),
  decide_member_limits(uuid, uuid, integer, integer, uuid, text),
  vouch_for(uuid, uuid, vouch_kind, uuid, uuid, timestamptz)
TO evenhour_app;
