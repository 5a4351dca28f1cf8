-- A text in small letters, with a space for each mark of punctuation (the parser of text search
-- would take "bread/cakes" for the name of a file). Arabic loses its vowel signs, and letters that
-- people write in several ways become one.
CREATE OR REPLACE FUNCTION tidy(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_marks constant text := '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~·¿¡…–—“”„«»‘’،؛؟、。・';
  v_letters text := lower(normalize(p_text, NFKC));
BEGIN
  -- The vowel signs have no counterpart, and so they go.
  v_letters := translate(v_letters,
    'أإآٱىةؤئ' || U&'\0640\064B\064C\064D\064E\064F\0650\0651\0652\0670', 'اااايهوي');
  RETURN trim(translate(v_letters, v_marks, repeat(' ', length(v_marks))));
END
$$;
