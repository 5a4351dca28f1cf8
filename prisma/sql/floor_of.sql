-- The lowest balance (in minutes) that an account may reach by a promise; NULL for no limit, as for the fund.
-- A decision about this member takes precedence over the community's rule, which differs for vouched and other
-- members. The rule is read from the community, so that changing it updates no account.
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
