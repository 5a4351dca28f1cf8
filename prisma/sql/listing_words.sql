-- The words by which search finds a listing: as written, for prefix search, with accents spelled out
-- ("mueller"), and as stems in its language. In scripts without spaces, each pair of adjacent letters is a word.
-- More important fields have heavier weights.
--
-- Each word starts with a prefix of the community's id. It keeps the words of a community together in the index, so
-- that a search costs the same with one community as with a thousand. With the community as a column of the index,
-- PostgreSQL would look each word up among all communities first.
CREATE OR REPLACE FUNCTION listing_words(
  p_community uuid, p_language text, p_title text, p_description text, p_availability text,
  p_member text
) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_mark constant text := right(p_community::text, 6);
  v_unspaced constant text := '^[' || unspaced_ranges() || ']';
  v_texts constant text[] := ARRAY[p_title, p_member, p_description, p_availability];
  v_weights constant text[] := ARRAY['A', 'B', 'C', 'D'];
  v_all text := '';
  v_place integer := 0;
  v_written text[];
  v_folded text[];
  v_form text;
  v_forms text[];
BEGIN
  FOR v_text IN 1 .. 4 LOOP
    v_written := split_words(p_language, v_texts[v_text]);
    v_folded := string_to_array(without_accents(array_to_string(v_written, ' ')), ' ');
    FOR v_word IN 1 .. cardinality(v_written) LOOP
      IF v_folded[v_word] ~ v_unspaced THEN
        FOR v_letter IN 1 .. length(v_folded[v_word]) LOOP
          v_place := v_place + 1;
          v_all := v_all || format(' ''%s%s'':%s%s', v_mark, substr(v_folded[v_word], v_letter, 2), v_place,
            v_weights[v_text]);
        END LOOP;
        -- People leave out the space, as in Korean, or the comma.
        IF v_folded[v_word + 1] ~ v_unspaced THEN
          v_all := v_all || format(' ''%s%s%s'':%s%s', v_mark, right(v_folded[v_word], 1),
            left(v_folded[v_word + 1], 1), v_place, v_weights[v_text]);
        END IF;
        CONTINUE;
      END IF;
      v_place := v_place + 1;
      v_forms := ARRAY[v_folded[v_word]];
      IF v_written[v_word] ~ '[äöüøåđ]' THEN
        v_forms := v_forms || transliterate(v_written[v_word]);
      END IF;
      -- A name has no stem.
      IF v_weights[v_text] <> 'B' THEN
        v_forms := v_forms || stems_of(p_language, v_written[v_word]);
      END IF;
      FOREACH v_form IN ARRAY v_forms LOOP
        -- PostgreSQL limits a word to 2,046 bytes.
        v_all := v_all || format(' ''%s%s'':%s%s', v_mark, left(v_form, 60), v_place, v_weights[v_text]);
      END LOOP;
    END LOOP;
  END LOOP;
  RETURN v_all::tsvector;
END
$$;
