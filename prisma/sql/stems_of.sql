-- The stems of a normalized word in its language, folded. Accents belong to the endings by which a stem is found, so
-- they are removed afterwards. A stop word such as "the" has no stem.
--
-- Arabic and Hebrew attach "and", "the", "in", "to" to the word. Whether a first letter belongs to the word
-- is not always clear, so there may be several stems: "ألمانية" has no article, as its hamza shows, and is
-- also written without it. Arabic endings are those of light10 (Larkey, Ballesteros and Connell, 2007), and
-- "my", "his", "our" after the ending that becomes T before them.
CREATE OR REPLACE FUNCTION stems_of(p_language text, p_word text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_folded constant text := without_accents(p_word);
  -- Without vowel signs, and with the hamza.
  v_pointed text;
  v_dictionary regdictionary;
  v_bare text[];
  v_stems text[] := '{}';
  v_each text;
BEGIN
  IF p_language = 'ar' THEN
    v_pointed := translate(regexp_replace(p_word, '[\u064B-\u0652\u0670]+', '', 'g'), 'ٱ', 'ا');
    IF v_pointed ~ '^[وف]?[بك]?ال..' THEN
      v_bare := ARRAY[regexp_replace(v_folded, '^[وف]?[بك]?ال', ''), v_folded];
    ELSIF v_folded ~ '^[وف]?لل..' THEN
      -- "To the" loses a letter: what follows begins with one L or with two.
      v_bare := ARRAY[regexp_replace(v_folded, '^[وف]?لل', ''), regexp_replace(v_folded, '^[وف]?لل', 'ل')];
    ELSE
      v_bare := ARRAY[v_folded, regexp_replace(v_folded, '^[وف](?=...)', ''),
        regexp_replace(v_folded, '^[وف]?[بكل](?=....)', '')];
    END IF;
    FOREACH v_each IN ARRAY v_bare LOOP
      v_each := regexp_replace(v_each, '(?<=..[^ا])ت(ي|ه|ك|ها|هم|هن|كم|نا)$', '');
      v_each := regexp_replace(v_each, '(?<=...)(ها|هم|هن|كم|نا)$', '');
      v_each := regexp_replace(v_each, '(?<=..)(ان|ات|ون|ين|يه)$', '');
      v_stems := v_stems || regexp_replace(v_each, '(?<=..)[هي]$', '');
    END LOOP;
    RETURN v_stems;
  ELSIF p_language = 'he' THEN
    v_bare := ARRAY[v_folded, regexp_replace(v_folded, '^ו(?=...)', ''),
      regexp_replace(v_folded, '^ו?[הבכלמש](?=...)', ''),
      regexp_replace(v_folded, '^ו?[בכלמש]ה(?=...)', ''),
      regexp_replace(v_folded, '^ו?(?:ל?כש|ש)(?=...)', ''),
      regexp_replace(v_folded, '^ו?(?:ל?כש|ש)[בכלמה](?=...)', '')];
    FOREACH v_each IN ARRAY v_bare LOOP
      v_each := regexp_replace(v_each, '(?<=...)(ימ|ינ|ות|יה|ית)$', '');
      v_stems := v_stems || regexp_replace(v_each, '(?<=...)[התי]$', '');
    END LOOP;
    RETURN v_stems;
  ELSIF p_language = 'fa' THEN
    -- The plural.
    RETURN ARRAY[regexp_replace(v_folded, '(?<=..)هاي{0,2}$', '')];
  END IF;
  v_dictionary := search_dictionary(p_language, p_word);
  IF v_dictionary IS NULL THEN
    RETURN ARRAY[v_folded];
  END IF;
  -- Spanish "-ion" gets the accent that people leave out.
  FOREACH v_each IN ARRAY ts_lexize(v_dictionary,
    CASE WHEN p_language = 'es' THEN regexp_replace(p_word, 'ion$', 'ión') ELSE p_word END)
  LOOP
    v_stems := v_stems || without_accents(v_each);
  END LOOP;
  RETURN array_remove(v_stems, '');
END
$$;
