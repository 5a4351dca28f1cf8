-- A text as lower-case words with single spaces between them. Only letters, marks and digits form words:
-- invisible characters are removed, and all others separate words. Parts of a compound ("e-mail",
-- "rock'n'roll", Persian with ZWNJ) are joined by "_". A run of a script without spaces is a word of its own.
--
-- The locale of the database differs between servers and cannot be changed, so nothing here may depend on it: each
-- function that classifies letters has an explicit collation.
CREATE OR REPLACE FUNCTION normalize_text(p_language text, p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  -- Joins the parts of a compound until every "_" of the text is replaced.
  v_joint constant text := chr(1);
  v_marks constant text := mark_ranges();
  v_unspaced constant text := unspaced_ranges();
  v_zero text;
  -- Characters typed as an apostrophe or a hyphen, such as accents and primes.
  v_text text := translate(p_text, v_joint || '`´′‵‛՚֊־', ' ' || repeat('''', 6) || '--');
BEGIN
  -- In Turkish and Azerbaijani, the lower case of I has no dot.
  IF p_language IN ('tr', 'az') THEN
    v_text := lower(v_text COLLATE "tr-x-icu");
  END IF;
  IF octet_length(v_text) = length(v_text) THEN
    v_text := regexp_replace(lower(v_text COLLATE "C"),
      '(?<=[a-z])[''-]+(?=[a-z])|(?<=[a-z])-(?=[0-9])|(?<=[0-9])-(?=[a-z])', v_joint, 'g');
    v_text := regexp_replace(v_text, '[^a-z0-9' || v_joint || ']+', ' ', 'g');
    RETURN translate(trim(v_text), v_joint, '_');
  END IF;
  v_text := lower(normalize(v_text, NFKC) COLLATE "und-x-icu");
  -- Georgian capitals are younger than the ICU of some servers; each has its small letter 3008 places before.
  IF v_text ~ '[\u1C90-\u1CBF]' THEN
    v_text := translate(v_text,
      (SELECT string_agg(chr(code), '' ORDER BY code) FROM generate_series(7312, 7359) AS code),
      (SELECT string_agg(chr(code - 3008), '' ORDER BY code) FROM generate_series(7312, 7359) AS code));
  END IF;
  -- Unicode's Default_Ignorable_Code_Point but ZWNJ (U+200C), the strokes that lengthen words in Arabic,
  -- N'Ko and Mongolian, and the signs that Armenian writes above a vowel to ask or to stress.
  v_text := regexp_replace(v_text,
    '[\u00AD\u034F\u055B\u055C\u055E\u061C\u0640\u07FA\u115F\u1160\u17B4\u17B5\u180A-\u180F\u200B\u200D-\u200F\u202A-\u202E'
    '\u2060-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFF8\U0001BCA0-\U0001BCA3'
    '\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]+', '', 'g');
  IF translate(v_text, '0123456789', '') COLLATE "und-x-icu" ~ '\d' THEN
    FOREACH v_zero IN ARRAY string_to_array(digit_zeros(), NULL) LOOP
      v_text := translate(v_text, (
        SELECT string_agg(chr(ascii(v_zero) + digit), '' ORDER BY digit)
        FROM generate_series(0, 9) AS digit), '0123456789');
    END LOOP;
  END IF;
  IF v_text ~ ('[' || v_unspaced || ']') THEN
    v_text := regexp_replace(v_text, '([' || v_unspaced || ']+)', ' \1 ', 'g');
  END IF;
  v_text := regexp_replace(v_text COLLATE "und-x-icu",
    '(?<=[[:alpha:]' || v_marks || '])(?:[''’‘ʼʻʹ‐‑–−·״׳\u200C-]+|["“”„](?=[א-ת]))(?=[[:alpha:]])'
    '|(?<=[[:alpha:]' || v_marks || '])[‐‑-](?=[0-9])|(?<=[0-9])[‐‑-](?=[[:alpha:]])',
    v_joint, 'g');
  -- So are letters of Rohingya, and some of Chinese.
  v_text := regexp_replace(v_text COLLATE "und-x-icu", '(?:[^[:alnum:]〇\U00010D00-\U00010D23'
    || v_unspaced || v_joint || v_marks || ']|[ʼʻʹ])+', ' ', 'g');
  -- A mark without a letter before it is not a word.
  v_text := trim(regexp_replace(v_text, '(^|[ ' || v_joint || '])[ ' || v_marks || ']+', '\1', 'g'));
  -- Persian writes these with ZWNJ, with a space, or with nothing between.
  IF v_text ~ '[\u0600-\u06FF]' THEN
    v_text := regexp_replace(v_text, '(^| )(ن?م[یي]) (?=[\u0600-\u06FF])', '\1\2' || v_joint, 'g');
    v_text := regexp_replace(v_text,
      '(?<=[\u0600-\u06FF]) (ها[یي]{0,2}|تر|تر[یي]ن)(?= |$)', v_joint || '\1', 'g');
  END IF;
  RETURN translate(v_text, v_joint, '_');
END
$$;
