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
