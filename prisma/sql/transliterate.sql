-- A normalized word as typed on a keyboard without such letters: German "mueller", Danish "aarhus", Croatian
-- "djurdja".
CREATE OR REPLACE FUNCTION transliterate(p_word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN without_accents(replace(replace(replace(replace(replace(replace(
    p_word, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe'), 'å', 'aa'), 'đ', 'dj'));
END
$$;
