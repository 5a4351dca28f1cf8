-- The normalized words of a text. A compound gives its parts and then itself as one word; "2-room-flat" also gives
-- its adjacent parts joined.
CREATE OR REPLACE FUNCTION split_words(p_language text, p_text text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_tidy text := normalize_text(p_language, p_text);
  v_words text[] := string_to_array(translate(v_tidy, '_', ' '), ' ');
  v_word text;
  v_parts text[];
  v_count integer;
BEGIN
  FOREACH v_word IN ARRAY string_to_array(v_tidy, ' ') LOOP
    CONTINUE WHEN strpos(v_word, '_') = 0;
    v_words := v_words || replace(v_word, '_', '');
    v_parts := string_to_array(v_word, '_');
    v_count := cardinality(v_parts);
    CONTINUE WHEN v_count NOT BETWEEN 3 AND 5;
    FOR v_from IN 1 .. v_count - 1 LOOP
      FOR v_to IN v_from + 1 .. v_count LOOP
        IF v_to - v_from < v_count - 1 THEN
          v_words := v_words || array_to_string(v_parts[v_from:v_to], '');
        END IF;
      END LOOP;
    END LOOP;
  END LOOP;
  RETURN v_words;
END
$$;
