-- Unifies letters of Indic scripts that are written in two ways: candrabindu and anusvara; a nasal joined to a
-- consonant of its own class ("हिन्दी" and "हिंदी"), and N also before consonants of other classes; letters that Unicode
-- added later for sequences with a joiner (Bengali khanda ta, Malayalam chillus).
CREATE OR REPLACE FUNCTION fold_indic(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_text text := translate(p_text, U&'\0901\0981\0A01\0A81\0B01\0A70', U&'\0902\0982\0A02\0A82\0B02\0A02');
  v_pair text[];
  v_start integer;
BEGIN
  FOREACH v_pair SLICE 1 IN ARRAY ARRAY[
    ['ৎ', U&'\09A4\09CD'], ['ൺ', U&'\0D23\0D4D'], ['ൻ', U&'\0D28\0D4D'], ['ർ', U&'\0D30\0D4D'],
    ['ൽ', U&'\0D32\0D4D'], ['ൾ', U&'\0D33\0D4D'], ['ൿ', U&'\0D15\0D4D']
  ] LOOP
    v_text := replace(v_text, v_pair[1], v_pair[2]);
  END LOOP;
  -- Devanagari, Bengali, Gurmukhi, Gujarati, Odia, Telugu, Kannada: in each block of 128 places the letters
  -- stand in one order, the nasals of the five rows at 25, 30, 35, 40 (N) and 46.
  FOREACH v_start IN ARRAY ARRAY[2304, 2432, 2560, 2688, 2816, 3072, 3200] LOOP
    v_text := regexp_replace(v_text, (
      SELECT '(?<=[' || chr(v_start) || '-' || chr(v_start + 127) || '])(?:' || string_agg(
        chr(v_start + nasal) || chr(v_start + 77) || '(?=[' || CASE nasal WHEN 40 THEN (
          SELECT string_agg(chr(v_start + first) || '-' || chr(v_start + first + 3), '')
          FROM unnest(ARRAY[21, 26, 31, 36, 42, 54]) AS first
        ) ELSE chr(v_start + nasal - 4) || '-' || chr(v_start + nasal - 1) END || '])', '|') || ')'
      FROM unnest(ARRAY[25, 30, 35, 40, 46]) AS nasal), chr(v_start + 2), 'g');
  END LOOP;
  -- Bengali "রঙ" and "রং"; Hindi "नये" and "नए", "गयी" and "गई".
  v_text := regexp_replace(v_text, '(?<=[\u0980-\u09FF])\u0999(?![\u09BE-\u09CD])', U&'\0982', 'g');
  v_text := regexp_replace(v_text, '(?<=[\u0900-\u097F])\u092F\u0947', U&'\090F', 'g');
  RETURN regexp_replace(v_text, '(?<=[\u0900-\u097F])\u092F\u0940', U&'\0908', 'g');
END
$$;
