-- Updates the listings of a member whose name or neighbourhood has changed, so that search finds them by it.
CREATE OR REPLACE FUNCTION member_push_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE listing SET member_words = concat_ws(' ', NEW.display_name, NEW.neighbourhood)
  WHERE community_id = NEW.community_id AND member_id = NEW.id;
  RETURN NULL;
END
$$;
