-- Copies the member's name and neighbourhood into a listing, so that search finds it by them.
CREATE OR REPLACE FUNCTION listing_copy_member_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT concat_ws(' ', display_name, neighbourhood) INTO NEW.member_words
  FROM member WHERE community_id = NEW.community_id AND id = NEW.member_id;
  -- An unknown member is refused by the foreign key.
  NEW.member_words := coalesce(NEW.member_words, '');
  RETURN NEW;
END
$$;
