-- The query for all of these normalized words: each as written or by one of its stems, a compound as one word or by its
-- parts, accents spelled out ("mueller"), and in scripts without spaces by adjacent letters. The last word matches as
-- a prefix where it may still be being typed. Stop words such as "the", which have no stem, count only where there
-- are no other words. NULL without words.
CREATE OR REPLACE FUNCTION words_query(
  p_mark text, p_language text, p_words text[], p_is_typing boolean
) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_unspaced constant text := '^[' || unspaced_ranges() || ']';
  v_is_last boolean;
  v_written text;
  v_folded text;
  v_stems text[];
  v_stem text;
  v_word tsquery;
  v_all tsquery;
  v_small tsquery;
BEGIN
  FOR v_place IN 1 .. cardinality(p_words) LOOP
    v_written := p_words[v_place];
    v_is_last := p_is_typing AND v_place = cardinality(p_words);
    IF strpos(v_written, '_') > 0 THEN
      v_word := words_query(p_mark, p_language, ARRAY[replace(v_written, '_', '')], v_is_last)
        || words_query(p_mark, p_language, string_to_array(v_written, '_'), v_is_last);
      v_all := coalesce(v_all && v_word, v_word);
      CONTINUE;
    END IF;
    v_folded := without_accents(v_written);
    IF v_folded ~ v_unspaced THEN
      SELECT string_agg(format('''%s%s''', p_mark, substr(v_folded, i, 2)), ' <-> ' ORDER BY i)
          || CASE WHEN length(v_folded) = 1 THEN ':*' ELSE '' END
        INTO v_word FROM generate_series(1, greatest(length(v_folded) - 1, 1)) AS i;
      v_all := coalesce(v_all && v_word, v_word);
      CONTINUE;
    END IF;
    v_word := format('''%s%s''%s', p_mark, left(v_folded, 60), CASE WHEN v_is_last THEN ':*' ELSE '' END);
    IF v_written ~ '[äöüøåđ]' THEN
      v_word := v_word || format('''%s%s''%s', p_mark, left(transliterate(v_written), 60),
        CASE WHEN v_is_last THEN ':*' ELSE '' END)::tsquery;
    END IF;
    v_stems := stems_of(p_language, v_written);
    IF v_stems = '{}' THEN
      v_small := coalesce(v_small && v_word, v_word);
      CONTINUE;
    END IF;
    FOREACH v_stem IN ARRAY v_stems LOOP
      v_word := v_word || format('''%s%s''', p_mark, left(v_stem, 60))::tsquery;
    END LOOP;
    v_all := coalesce(v_all && v_word, v_word);
  END LOOP;
  RETURN coalesce(v_all, v_small);
END
$$;
