-- Whether confirming help vouches for its giver. A coordinator's confirmation always does. Another member's does
-- for three givers in thirty days, and not within thirty days of being vouched for in this way themselves:
-- otherwise one member could vouch for any number of fake members, and those for others.
CREATE OR REPLACE FUNCTION may_vouch(p_community uuid, p_member uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_since constant timestamptz := now() - interval '30 days';
  -- What a clock that was ahead has dated does not count once the clock is right again.
  v_until constant timestamptz := now() + interval '1 minute';
BEGIN
  IF EXISTS (
    SELECT FROM member WHERE community_id = p_community AND id = p_member
      AND role = 'coordinator' AND status = 'active'
  ) THEN
    RETURN true;
  END IF;
  RETURN (
    SELECT count(*) FILTER (WHERE member_id = p_member) = 0
      AND count(*) FILTER (WHERE by_id = p_member) < 3
    FROM vouch
    WHERE community_id = p_community AND kind = 'exchange' AND at > v_since AND at <= v_until
  );
END
$$;
