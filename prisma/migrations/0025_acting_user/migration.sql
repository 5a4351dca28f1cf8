-- Who acted is stored twice: the member, and the user who acted for them. So far each user has acted for their
-- own member only. The exception is what a member without a user once did: it stays without one.

ALTER TABLE "exchange_event" ADD COLUMN     "acting_user_id" UUID;
ALTER TABLE "exchange_note" ADD COLUMN     "acting_user_id" UUID;
ALTER TABLE "invitation" ADD COLUMN     "acting_user_id" UUID;
ALTER TABLE "limit_decision" ADD COLUMN     "acting_user_id" UUID;
ALTER TABLE "vouch" ADD COLUMN     "acting_user_id" UUID;

DROP TRIGGER vouch_stays ON vouch;
DROP TRIGGER limit_decision_stays ON limit_decision;

UPDATE exchange_event SET acting_user_id = user_id FROM member
WHERE member.community_id = exchange_event.community_id AND member.id = member_id AND user_id IS NOT NULL;
UPDATE exchange_note SET acting_user_id = user_id FROM member
WHERE member.community_id = exchange_note.community_id AND member.id = member_id AND user_id IS NOT NULL;
UPDATE invitation SET acting_user_id = user_id FROM member
WHERE member.community_id = invitation.community_id AND member.id = created_by_id AND user_id IS NOT NULL;
UPDATE vouch SET acting_user_id = user_id FROM member
WHERE member.community_id = vouch.community_id AND member.id = by_id AND user_id IS NOT NULL;
UPDATE limit_decision SET acting_user_id = user_id FROM member
WHERE member.community_id = limit_decision.community_id AND member.id = decided_by_id AND user_id IS NOT NULL;

ALTER TABLE "vouch" ADD CONSTRAINT "vouch_acting_user_id_fkey" FOREIGN KEY ("acting_user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "limit_decision" ADD CONSTRAINT "limit_decision_acting_user_id_fkey" FOREIGN KEY ("acting_user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_acting_user_id_fkey" FOREIGN KEY ("acting_user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "exchange_event" ADD CONSTRAINT "exchange_event_acting_user_id_fkey" FOREIGN KEY ("acting_user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "exchange_note" ADD CONSTRAINT "exchange_note_acting_user_id_fkey" FOREIGN KEY ("acting_user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Nobody acts for no member.
ALTER TABLE exchange_event ADD CONSTRAINT exchange_event_acting_user CHECK (acting_user_id IS NULL OR member_id IS NOT NULL);
ALTER TABLE vouch ADD CONSTRAINT vouch_acting_user CHECK (acting_user_id IS NULL OR by_id IS NOT NULL);
ALTER TABLE limit_decision ADD CONSTRAINT limit_decision_acting_user CHECK (acting_user_id IS NULL OR decided_by_id IS NOT NULL);

-- These rows stay as they are, but for the user, whom deleting the user removes from them. A statement trigger for
-- every UPDATE would refuse that too.
CREATE TRIGGER vouch_stays
  BEFORE UPDATE OF community_id, member_id, kind, by_id, source_id, at OR DELETE OR TRUNCATE ON vouch
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER vouch_user_stays BEFORE UPDATE OF acting_user_id ON vouch
  FOR EACH ROW WHEN (NEW.acting_user_id IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE TRIGGER limit_decision_stays
  BEFORE UPDATE OF community_id, member_id, version, floor, ceiling, decided_by_id, reason, at
    OR DELETE OR TRUNCATE ON limit_decision
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER limit_decision_user_stays BEFORE UPDATE OF acting_user_id ON limit_decision
  FOR EACH ROW WHEN (NEW.acting_user_id IS NOT NULL) EXECUTE FUNCTION refuse_change();

DROP FUNCTION vouch_for(uuid, uuid, vouch_kind, uuid, uuid, timestamptz);
DROP FUNCTION decide_member_limits(uuid, uuid, integer, integer, uuid, text);

-- Copies of prisma/sql/*.sql follow.

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

REVOKE ALL ON FUNCTION vouch_for(uuid, uuid, vouch_kind, uuid, uuid, timestamptz, uuid),
  decide_member_limits(uuid, uuid, integer, integer, uuid, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION vouch_for(uuid, uuid, vouch_kind, uuid, uuid, timestamptz, uuid),
  decide_member_limits(uuid, uuid, integer, integer, uuid, text, uuid) TO evenhour_app;
