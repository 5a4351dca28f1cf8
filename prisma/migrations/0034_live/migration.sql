-- Open pages learn of notifications at once.
-- A copy of prisma/sql/announce_notifications.sql follows.
-- Announces on the channel "notification" whose notifications were added, seen or withdrawn: one payload for each
-- community and member, "COMMUNITY MEMBER". Streams of open pages listen; nothing depends on a payload's arrival.
CREATE OR REPLACE FUNCTION announce_notifications() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM pg_notify('notification', recipient.community_id || ' ' || recipient.member_id)
    FROM (SELECT DISTINCT community_id, member_id FROM after_change) AS recipient;
  ELSE
    PERFORM pg_notify('notification', recipient.community_id || ' ' || recipient.member_id)
    FROM (
      SELECT DISTINCT community_id, member_id
      FROM after_change JOIN before_change USING (community_id, id, member_id)
      WHERE after_change.seen_at IS DISTINCT FROM before_change.seen_at
        OR after_change.withdrawn_at IS DISTINCT FROM before_change.withdrawn_at
    ) AS recipient;
  END IF;
  RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION announce_notifications() FROM PUBLIC;
CREATE TRIGGER announce_added AFTER INSERT ON "notification"
  REFERENCING NEW TABLE AS after_change
  FOR EACH STATEMENT EXECUTE FUNCTION announce_notifications();
CREATE TRIGGER announce_changed AFTER UPDATE ON "notification"
  REFERENCING OLD TABLE AS before_change NEW TABLE AS after_change
  FOR EACH STATEMENT EXECUTE FUNCTION announce_notifications();
