-- Folded words in ASCII, for pg_trgm: it decides by the database's locale which bytes are letters, and under "C"
-- only ASCII letters are. Each letter of another script becomes one of 36 characters, and a Chinese character two.
-- Collisions only add candidates, which domain/search/edit-distance.ts filters. Korean syllables are decomposed
-- first, since one typo in a syllable is a small difference. A run without spaces becomes its pairs of letters, since
-- trigrams at word boundaries weigh most.
CREATE OR REPLACE FUNCTION trigram_letters(p_folded text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_letters constant text := 'abcdefghijklmnopqrstuvwxyz0123456789';
  v_unspaced constant text := '^[' || unspaced_ranges() || ']';
  v_all text := '';
  v_is_run boolean;
  v_word text;
  v_letter text;
  v_code integer;
  v_coded text;
  v_before text;
  v_place integer;
BEGIN
  IF octet_length(p_folded) = length(p_folded) THEN
    RETURN p_folded;
  END IF;
  FOREACH v_word IN ARRAY string_to_array(p_folded, ' ') LOOP
    v_is_run := v_word ~ v_unspaced;
    v_place := 0;
    v_all := v_all || ' ';
    FOREACH v_letter IN ARRAY string_to_array(normalize(v_word, NFD), NULL) LOOP
      v_place := v_place + 1;
      v_code := ascii(v_letter);
      v_coded := CASE
        WHEN v_code < 128 THEN v_letter
        WHEN v_code < 11904 THEN substr(v_letters, v_code % 36 + 1, 1)
        ELSE substr(v_letters, v_code / 36 % 36 + 1, 1) || substr(v_letters, v_code % 36 + 1, 1)
      END;
      v_all := v_all || CASE WHEN v_is_run AND v_place > 2 THEN ' ' || v_before ELSE '' END || v_coded;
      v_before := v_coded;
    END LOOP;
  END LOOP;
  RETURN trim(v_all);
END
$$;
