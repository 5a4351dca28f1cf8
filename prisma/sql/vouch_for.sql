-- Vouches for a member, once, and pays the welcome credit that the community grants:
--   founder   the first member of a community, for themselves
--   created   by the active coordinator who entered the member
--   approved  by an active coordinator
--   invited   by the vouched creator of an invitation (p_source) for one person, which was used
-- p_acting_user is the user who acted for p_by. An exchange vouches in post_transfer. Idempotent.
CREATE OR REPLACE FUNCTION vouch_for(
  p_community uuid, p_member uuid, p_kind vouch_kind, p_by uuid, p_source uuid, p_at timestamptz,
  p_acting_user uuid
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
  INSERT INTO vouch (community_id, member_id, kind, by_id, acting_user_id, source_id, at)
  VALUES (p_community, p_member, p_kind, p_by, p_acting_user, p_source, p_at);
  UPDATE account SET vouched_at = p_at WHERE community_id = p_community AND id = p_member;
  SELECT welcome_credit INTO v_welcome FROM community WHERE id = p_community;
  IF v_welcome > 0 THEN
    PERFORM post_transfer(
      p_community, p_member, 'welcome', p_community, p_member, v_welcome, NULL, p_at);
  END IF;
END
$$;
