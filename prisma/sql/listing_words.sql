-- The words by which a listing is found: as they are written, so that the first letters of one
-- suffice, and their stems in its language. What matters more has the heavier weight.
--
-- Each word begins with a mark of the community. The index then keeps a community's words apart
-- from all others', and a search costs the same alone and among a thousand: with the community as
-- a column of the index, each word would be looked up among everybody's first.
CREATE OR REPLACE FUNCTION listing_words(
  p_community uuid, p_language text, p_title text, p_description text, p_availability text,
  p_member text
) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_words tsvector :=
    setweight(to_tsvector('simple', fold(p_title)) || stems_of(p_language, p_title), 'A') ||
    setweight(to_tsvector('simple', fold(p_member)), 'B') ||
    setweight(
      to_tsvector('simple', fold(p_description)) || stems_of(p_language, p_description), 'C') ||
    setweight(
      to_tsvector('simple', fold(p_availability)) || stems_of(p_language, p_availability), 'D');
BEGIN
  -- No word has a quotation mark in it, so one that follows a space begins a word.
  RETURN replace(' ' || v_words::text, ' ''', ' ''' || right(p_community::text, 6))::tsvector;
END
$$;
