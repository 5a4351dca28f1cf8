-- A listing is found by its member's name and neighbourhood as well.
CREATE OR REPLACE FUNCTION listing_copy_member_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT concat_ws(' ', display_name, neighbourhood) INTO NEW.member_words
  FROM member WHERE community_id = NEW.community_id AND id = NEW.member_id;
  -- Nobody: the reference refuses it with its own name.
  NEW.member_words := coalesce(NEW.member_words, '');
  RETURN NEW;
END
$$;
