-- The query for listings in a language that match these words. Each word starts with the prefix of the community,
-- as in listing_words.
CREATE OR REPLACE FUNCTION search_query(p_community uuid, p_language text, p_words text)
RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce(words_query(right(p_community::text, 6), p_language,
    string_to_array(normalize_text(p_language, p_words), ' '), true), '');
END
$$;
