-- The tidy words of a text: a compound by its parts, and as one word at the end.
CREATE OR REPLACE FUNCTION words_of(p_language text, p_text text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_tidy text := tidy(p_language, p_text);
  v_words text[] := string_to_array(translate(v_tidy, '_', ' '), ' ');
  v_word text;
BEGIN
  FOREACH v_word IN ARRAY string_to_array(v_tidy, ' ') LOOP
    IF strpos(v_word, '_') > 0 THEN
      v_words := v_words || replace(v_word, '_', '');
    END IF;
  END LOOP;
  RETURN v_words;
END
$$;
