-- Like fold_text, and adds each compound as one word ("e mail email"), words with their accents spelled out
-- ("muller mueller"), and Arabic and Hebrew words without their attached particles, since a misspelling is looked
-- for in the word itself.
CREATE OR REPLACE FUNCTION fold_compounds(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_words text[] := split_words('', p_text);
  v_text text := without_accents(array_to_string(v_words, ' '));
  v_word text;
  v_bare text;
BEGIN
  IF array_to_string(v_words, ' ') ~ '[äöüøåđ]' THEN
    FOREACH v_word IN ARRAY v_words LOOP
      IF v_word ~ '[äöüøåđ]' THEN
        v_text := v_text || ' ' || transliterate(v_word);
      END IF;
    END LOOP;
  END IF;
  IF v_text ~ '[\u05D0-\u05EA\u0621-\u064A]' THEN
    FOREACH v_word IN ARRAY string_to_array(v_text, ' ') LOOP
      v_bare := regexp_replace(v_word,
        '^(?:[وف]?(?:[بك]?ال|لل)(?=..)|ו?[הבכלמש](?=...))', '');
      IF v_bare <> v_word THEN
        v_text := v_text || ' ' || v_bare;
      END IF;
    END LOOP;
  END IF;
  RETURN v_text;
END
$$;
