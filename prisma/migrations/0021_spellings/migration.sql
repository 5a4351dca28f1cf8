-- Words that are written in several ways are found by each of them, in more scripts. Copies of
-- prisma/sql/*.sql.

-- A text as lower-case words with one space between them. Only letters, marks and digits make words:
-- characters that nobody sees are removed, and everything else separates. Parts of a compound
-- ("e-mail", "rock'n'roll", Persian with ZWNJ) are joined by "_". A run of a script without spaces is
-- a word of its own.
--
-- The locale of the database differs between servers and can never be changed, so nothing here may
-- depend on it: each function that asks what a letter is has a collation of its own.
CREATE OR REPLACE FUNCTION tidy(p_language text, p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  -- Joins the parts of a compound until all "_" that people write are gone.
  v_joint constant text := chr(1);
  v_marks constant text := mark_ranges();
  v_unspaced constant text := unspaced_ranges();
  v_zero text;
  -- What people type for an apostrophe and for a hyphen, accents and primes among it.
  v_text text := translate(p_text, v_joint || '`´′‵‛՚֊־', ' ' || repeat('''', 6) || '--');
BEGIN
  -- There, the small letter of I has no dot.
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
  -- A mark without a letter before it is no word.
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

-- Letters of Indian scripts that are written in two ways: candrabindu and anusvara; a nasal that is joined
-- to a consonant of its own row ("हिन्दी" and "हिंदी"), and N also before those of other rows; letters that
-- Unicode got later for what was written with a joiner (Bengali khanda ta, Malayalam chillus).
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

-- Letters of Thai, Lao, Burmese and Khmer that are typed in two ways and look the same: two short vowels
-- for a long one, a tone before or after the ring of "am", the Khmer feet of T and D.
CREATE OR REPLACE FUNCTION fold_south_east(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_text text := replace(replace(p_text, U&'\0E40\0E40', U&'\0E41'), U&'\0EC0\0EC0', U&'\0EC1');
BEGIN
  v_text := regexp_replace(v_text,
    '([\u0E4D\u0ECD])([\u0E48-\u0E4B\u0EC8-\u0ECB])(?=[\u0E32\u0EB2])', '\2\1', 'g');
  v_text := replace(v_text, U&'\1025\103A', U&'\1009\103A');
  RETURN replace(v_text, U&'\17D2\178A', U&'\17D2\178F');
END
$$;

-- Tidy words without what people leave out or write in several ways: accents of Latin, Greek and
-- Cyrillic letters, points of Hebrew and Arabic, the Indic nukta. What has no decomposition in Unicode is
-- named here, and in server/domain/words.ts. No word gets lost, so the result goes word by word with what
-- was given.
CREATE OR REPLACE FUNCTION without_accents(p_tidy text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_text text;
BEGIN
  IF octet_length(p_tidy) = length(p_tidy) THEN
    RETURN p_tidy;
  END IF;
  v_text := regexp_replace(normalize(p_tidy, NFD),
    '[\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u064B-\u065F'
    '\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7\u06E8\u06EA-\u06ED\u0730-\u074A\u0897-\u089F\u08CA-\u08E1'
    '\u08E3-\u08FF\u093C\u09BC\u0A3C\u0ABC\u0B3C\u0C3C\u0CBC\u1AB0-\u1ADD\u1AE0-\u1AEB\u1DC0-\u1DFF'
    '\u20D0-\u20F0]+', '', 'g');
  v_text := replace(replace(replace(replace(
    v_text, 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th');
  v_text := translate(v_text, 'øđðłħıŧŋəɓɗƙƴɛɔɖςґ', 'oddlhitnebdkyeodσг');
  v_text := translate(v_text, 'ٱىیېےۍةەہھۃکڪں', 'اييييي' || 'ههههه' || 'ككن');
  v_text := translate(v_text, 'ךםןףץ', 'כמנפצ');
  -- Armenian "և" has "եւ" for its letters and "ԵՎ" for its capitals.
  v_text := replace(v_text, 'եւ', 'եվ');
  v_text := replace(replace(replace(v_text, 'װ', 'וו'), 'ױ', 'וי'), 'ײ', 'יי');
  IF v_text ~ '[\u0900-\u0D7F]' THEN
    v_text := fold_indic(v_text);
  END IF;
  IF v_text ~ '[\u0E00-\u17FF]' THEN
    v_text := fold_south_east(v_text);
  END IF;
  -- Letters of Ethiopic that sound alike, each with its seven vowels.
  IF v_text ~ '[\u1200-\u137F]' THEN
    v_text := translate(v_text, 'ሐሑሒሓሔሕሖኀኁኂኃኄኅኆሃሠሡሢሣሤሥሦዐዑዒዓዔዕዖኣፀፁፂፃፄፅፆ',
      'ሀሁሂሀሄህሆሀሁሂሀሄህሆሀሰሱሲሳሴስሶአኡኢአኤእኦአጸጹጺጻጼጽጾ');
  END IF;
  -- Katakana is written as hiragana, which has the same sounds.
  IF v_text ~ '[\u30A1-\u30F6]' THEN
    v_text := translate(v_text, (SELECT string_agg(chr(code), '' ORDER BY code)
      FROM generate_series(12449, 12534) AS code), (SELECT string_agg(chr(code - 96), '' ORDER BY code)
      FROM generate_series(12449, 12534) AS code));
  END IF;
  RETURN normalize(v_text, NFC);
END
$$;

-- A tidy word as it is written where a keyboard has no such letters: German "mueller", Danish "aarhus",
-- Croatian "djurdja".
CREATE OR REPLACE FUNCTION spelled_out(p_word text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN without_accents(replace(replace(replace(replace(replace(replace(
    p_word, 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ø', 'oe'), 'å', 'aa'), 'đ', 'dj'));
END
$$;

-- The tidy words of a text: a compound by its parts, and at the end as one word, the parts of "2-room-flat"
-- that follow each other too.
CREATE OR REPLACE FUNCTION words_of(p_language text, p_text text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_tidy text := tidy(p_language, p_text);
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

-- `fold`, with each compound once more as one word ("e mail email"), with accents spelled out too
-- ("muller mueller"), and Arabic and Hebrew words without the particles that are written onto them: a slip
-- is looked for in the word, whatever stands before it.
CREATE OR REPLACE FUNCTION fold_compounds(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_words text[] := words_of('', p_text);
  v_text text := without_accents(array_to_string(v_words, ' '));
  v_word text;
  v_bare text;
BEGIN
  IF array_to_string(v_words, ' ') ~ '[äöüøåđ]' THEN
    FOREACH v_word IN ARRAY v_words LOOP
      IF v_word ~ '[äöüøåđ]' THEN
        v_text := v_text || ' ' || spelled_out(v_word);
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

-- The stems of a tidy word in its language, folded: accents belong to the endings by which a stem is
-- found, and only then may they go. A small word such as "the" has none.
--
-- Arabic and Hebrew write "and", "the", "in", "to" onto the word. Whether a first letter belongs to the word
-- cannot always be seen, so there may be several stems: "ألمانية" has no article, as its hamza says, and is
-- written without it too. Arabic endings are those of light10 (Larkey, Ballesteros and Connell, 2007), and
-- "my", "his", "our" after the ending that is T before them.
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

-- The words by which a listing is found: as they are written, so that the first letters of one
-- suffice, also with their accents spelled out ("mueller"), and their stems in its language. Where a script has no spaces, each two letters that follow
-- each other are a word. What matters more has the heavier weight.
--
-- Each word begins with a mark of the community. The index then keeps a community's words apart
-- from all others', and a search costs the same alone and among a thousand: with the community as
-- a column of the index, each word would be looked up among everybody's first.
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
    v_written := words_of(p_language, v_texts[v_text]);
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
        v_forms := v_forms || spelled_out(v_written[v_word]);
      END IF;
      -- A name has no stem.
      IF v_weights[v_text] <> 'B' THEN
        v_forms := v_forms || stems_of(p_language, v_written[v_word]);
      END IF;
      FOREACH v_form IN ARRAY v_forms LOOP
        -- PostgreSQL takes no word of more than 2,046 bytes.
        v_all := v_all || format(' ''%s%s'':%s%s', v_mark, left(v_form, 60), v_place, v_weights[v_text]);
      END LOOP;
    END LOOP;
  END LOOP;
  RETURN v_all::tsvector;
END
$$;

-- What has all of these tidy words: each as written or by a stem of it, a compound as one word or by its
-- parts, with its accents spelled out ("mueller"), and where a script has no spaces, its letters one after
-- the other. Of the last one the first letters suffice where it is perhaps still being typed. Words such as
-- "the", which have no stem, count only where there are no others. NULL for no words.
CREATE OR REPLACE FUNCTION query_of(
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
      v_word := query_of(p_mark, p_language, ARRAY[replace(v_written, '_', '')], v_is_last)
        || query_of(p_mark, p_language, string_to_array(v_written, '_'), v_is_last);
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
      v_word := v_word || format('''%s%s''%s', p_mark, left(spelled_out(v_written), 60),
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


REVOKE ALL ON FUNCTION fold_indic(text), fold_south_east(text), spelled_out(text) FROM PUBLIC;

-- What is stored is made anew where it differs; a column that is set makes those that depend on it. A member's
-- name does it for their listings too.
UPDATE member SET display_name = display_name, languages = languages
WHERE folded <> fold_compounds(display_name || ' ' || neighbourhood)
  OR spoken IS DISTINCT FROM fold_all(languages);
UPDATE listing SET title = title
WHERE folded <> fold_compounds(title || ' ' || member_words || ' ' || left(description, 120))
  OR search <> listing_words(community_id, language, title, description, availability, member_words);
UPDATE saved_search SET spoken = fold(spoken) WHERE spoken <> fold(spoken);
