-- What listings in a language must have to be found by these words: each of them, as written or by
-- its stem; of the last one the first letters suffice, for it is perhaps still being typed. Words
-- such as "the", which have no stem, count only where there are no others. Each begins with the
-- mark of the community, as in listing_words.
CREATE OR REPLACE FUNCTION search_query(p_community uuid, p_language text, p_words text)
RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_mark text := right(p_community::text, 6);
  v_words text[] := regexp_split_to_array(tidy(p_words), '\s+');
  v_end text := '';
  v_folded text;
  v_forms text[];
  v_word tsquery;
  v_all tsquery;
  v_small tsquery;
BEGIN
  FOR v_place IN 1 .. array_length(v_words, 1) LOOP
    v_folded := fold(v_words[v_place]);
    CONTINUE WHEN v_folded !~ '\w';
    IF v_place = array_length(v_words, 1) THEN
      v_end := ':*';
    END IF;
    v_word := array_to_string(ARRAY(
      SELECT quote_literal(v_mark || part) || v_end
      FROM regexp_split_to_table(v_folded, '\s+') AS part), ' & ')::tsquery;
    v_forms := tsvector_to_array(stems_of(p_language, v_words[v_place]));
    IF v_forms = '{}' THEN
      v_small := coalesce(v_small && v_word, v_word);
      CONTINUE;
    END IF;
    v_word := v_word || array_to_string(
      ARRAY(SELECT quote_literal(v_mark || form) FROM unnest(v_forms) AS form), ' & ')::tsquery;
    v_all := coalesce(v_all && v_word, v_word);
  END LOOP;
  RETURN coalesce(v_all, v_small, '');
END
$$;
