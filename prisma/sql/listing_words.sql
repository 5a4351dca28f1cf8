-- The words by which a listing is found: as they are written, so that the first letters of one
-- suffice, and their stems in its language. What matters more has the heavier weight.
CREATE OR REPLACE FUNCTION listing_words(
  p_language text, p_title text, p_description text, p_availability text, p_member text
) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN
    setweight(to_tsvector('simple', fold(p_title)) || stems_of(p_language, p_title), 'A') ||
    setweight(to_tsvector('simple', fold(p_member)), 'B') ||
    setweight(
      to_tsvector('simple', fold(p_description)) || stems_of(p_language, p_description), 'C') ||
    setweight(
      to_tsvector('simple', fold(p_availability)) || stems_of(p_language, p_availability), 'D');
END
$$;
