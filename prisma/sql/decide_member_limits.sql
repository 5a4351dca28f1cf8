-- Stores a coordinator's decision about one member's limits, which apply to later promises. A NULL floor means
-- the community's floor, a NULL ceiling none. Existing holds and transfers stay. Decisions are never deleted.
-- p_acting_user is the user who acted for the coordinator p_by.
CREATE OR REPLACE FUNCTION decide_member_limits(
  p_community uuid, p_member uuid, p_floor integer, p_ceiling integer, p_by uuid, p_reason text,
  p_acting_user uuid
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
    (community_id, member_id, version, floor, ceiling, decided_by_id, acting_user_id, reason, at)
  SELECT p_community, p_member, coalesce(max(version), 0) + 1, p_floor, p_ceiling, p_by,
    p_acting_user, p_reason, now()
  FROM limit_decision WHERE community_id = p_community AND member_id = p_member;
  UPDATE account SET floor = p_floor, ceiling = p_ceiling
  WHERE community_id = p_community AND id = p_member;
END
$$;
