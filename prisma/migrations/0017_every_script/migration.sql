-- Search, comparison and sorting are the same in every script and on every server, whatever the
-- locale of its database. Copies of prisma/sql/*.sql are among it.

-- Columns are made anew where what makes them changes; with them go their indexes.
ALTER TABLE listing DROP COLUMN search, DROP COLUMN folded;
ALTER TABLE member DROP COLUMN folded, DROP COLUMN spoken;
DROP FUNCTION listing_words(uuid, text, text, text, text, text), search_query(uuid, text, text),
  stems_of(text, text), search_config(text), tidy(text);

-- The inside of a bracket expression: Unicode's combining marks (General_Category M). No class of
-- PostgreSQL's regular expressions has them, and a Hindi word without its marks falls apart.
CREATE OR REPLACE FUNCTION mark_ranges() RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN
    '\u0300-\u036F\u0483-\u0489\u0591-\u05BD\u05BF\u05C1-\u05C2\u05C4-\u05C5\u05C7\u0610-\u061A'
    '\u064B-\u065F\u0670\u06D6-\u06DC\u06DF-\u06E4\u06E7-\u06E8\u06EA-\u06ED\u0711\u0730-\u074A'
    '\u07A6-\u07B0\u07EB-\u07F3\u07FD\u0816-\u0819\u081B-\u0823\u0825-\u0827\u0829-\u082D'
    '\u0859-\u085B\u0897-\u089F\u08CA-\u08E1\u08E3-\u0903\u093A-\u093C\u093E-\u094F\u0951-\u0957'
    '\u0962-\u0963\u0981-\u0983\u09BC\u09BE-\u09CD\u09D7\u09E2-\u09E3\u09FE-\u0A03\u0A3C-\u0A51'
    '\u0A70-\u0A71\u0A75\u0A81-\u0A83\u0ABC\u0ABE-\u0ACD\u0AE2-\u0AE3\u0AFA-\u0B03\u0B3C'
    '\u0B3E-\u0B57\u0B62-\u0B63\u0B82\u0BBE-\u0BCD\u0BD7\u0C00-\u0C04\u0C3C\u0C3E-\u0C56'
    '\u0C62-\u0C63\u0C81-\u0C83\u0CBC\u0CBE-\u0CD6\u0CE2-\u0CE3\u0CF3-\u0D03\u0D3B-\u0D3C'
    '\u0D3E-\u0D4D\u0D57\u0D62-\u0D63\u0D81-\u0D83\u0DCA-\u0DDF\u0DF2-\u0DF3\u0E31\u0E34-\u0E3A'
    '\u0E47-\u0E4E\u0EB1\u0EB4-\u0EBC\u0EC8-\u0ECE\u0F18-\u0F19\u0F35\u0F37\u0F39\u0F3E-\u0F3F'
    '\u0F71-\u0F84\u0F86-\u0F87\u0F8D-\u0FBC\u0FC6\u102B-\u103E\u1056-\u1059\u105E-\u1060'
    '\u1062-\u1064\u1067-\u106D\u1071-\u1074\u1082-\u108D\u108F\u109A-\u109D\u135D-\u135F'
    '\u1712-\u1715\u1732-\u1734\u1752-\u1753\u1772-\u1773\u17B4-\u17D3\u17DD\u180B-\u180D\u180F'
    '\u1885-\u1886\u18A9\u1920-\u193B\u1A17-\u1A1B\u1A55-\u1A7F\u1AB0-\u1B04\u1B34-\u1B44'
    '\u1B6B-\u1B73\u1B80-\u1B82\u1BA1-\u1BAD\u1BE6-\u1BF3\u1C24-\u1C37\u1CD0-\u1CD2\u1CD4-\u1CE8'
    '\u1CED\u1CF4\u1CF7-\u1CF9\u1DC0-\u1DFF\u20D0-\u20F0\u2CEF-\u2CF1\u2D7F\u2DE0-\u2DFF'
    '\u302A-\u302F\u3099-\u309A\uA66F-\uA672\uA674-\uA67D\uA69E-\uA69F\uA6F0-\uA6F1\uA802\uA806'
    '\uA80B\uA823-\uA827\uA82C\uA880-\uA881\uA8B4-\uA8C5\uA8E0-\uA8F1\uA8FF\uA926-\uA92D'
    '\uA947-\uA953\uA980-\uA983\uA9B3-\uA9C0\uA9E5\uAA29-\uAA36\uAA43\uAA4C-\uAA4D\uAA7B-\uAA7D'
    '\uAAB0\uAAB2-\uAAB4\uAAB7-\uAAB8\uAABE-\uAABF\uAAC1\uAAEB-\uAAEF\uAAF5-\uAAF6\uABE3-\uABEA'
    '\uABEC-\uABED\uFB1E\uFE00-\uFE0F\uFE20-\uFE2F\U000101FD\U000102E0\U00010376-\U0001037A'
    '\U00010A01-\U00010A0F\U00010A38-\U00010A3F\U00010AE5-\U00010AE6\U00010D24-\U00010D27'
    '\U00010D69-\U00010D6D\U00010EAB-\U00010EAC\U00010EFA-\U00010EFF\U00010F46-\U00010F50'
    '\U00010F82-\U00010F85\U00011000-\U00011002\U00011038-\U00011046\U00011070'
    '\U00011073-\U00011074\U0001107F-\U00011082\U000110B0-\U000110BA\U000110C2'
    '\U00011100-\U00011102\U00011127-\U00011134\U00011145-\U00011146\U00011173'
    '\U00011180-\U00011182\U000111B3-\U000111C0\U000111C9-\U000111CC\U000111CE-\U000111CF'
    '\U0001122C-\U00011237\U0001123E\U00011241\U000112DF-\U000112EA\U00011300-\U00011303'
    '\U0001133B-\U0001133C\U0001133E-\U0001134D\U00011357\U00011362-\U00011374'
    '\U000113B8-\U000113D0\U000113D2\U000113E1-\U000113E2\U00011435-\U00011446\U0001145E'
    '\U000114B0-\U000114C3\U000115AF-\U000115C0\U000115DC-\U000115DD\U00011630-\U00011640'
    '\U000116AB-\U000116B7\U0001171D-\U0001172B\U0001182C-\U0001183A\U00011930-\U0001193E'
    '\U00011940\U00011942-\U00011943\U000119D1-\U000119E0\U000119E4\U00011A01-\U00011A0A'
    '\U00011A33-\U00011A39\U00011A3B-\U00011A3E\U00011A47\U00011A51-\U00011A5B'
    '\U00011A8A-\U00011A99\U00011B60-\U00011B67\U00011C2F-\U00011C3F\U00011C92-\U00011CB6'
    '\U00011D31-\U00011D45\U00011D47\U00011D8A-\U00011D97\U00011EF3-\U00011EF6'
    '\U00011F00-\U00011F01\U00011F03\U00011F34-\U00011F42\U00011F5A\U00013440'
    '\U00013447-\U00013455\U0001611E-\U0001612F\U00016AF0-\U00016AF4\U00016B30-\U00016B36'
    '\U00016F4F\U00016F51-\U00016F92\U00016FE4-\U00016FF1\U0001BC9D-\U0001BC9E'
    '\U0001CF00-\U0001CF46\U0001D165-\U0001D169\U0001D16D-\U0001D172\U0001D17B-\U0001D182'
    '\U0001D185-\U0001D18B\U0001D1AA-\U0001D1AD\U0001D242-\U0001D244\U0001DA00-\U0001DA36'
    '\U0001DA3B-\U0001DA6C\U0001DA75\U0001DA84\U0001DA9B-\U0001DAAF\U0001E000-\U0001E02A'
    '\U0001E08F\U0001E130-\U0001E136\U0001E2AE\U0001E2EC-\U0001E2EF\U0001E4EC-\U0001E4EF'
    '\U0001E5EE-\U0001E5EF\U0001E6E3\U0001E6E6\U0001E6EE-\U0001E6EF\U0001E6F5'
    '\U0001E8D0-\U0001E8D6\U0001E944-\U0001E94A';
END
$$;

-- The inside of a bracket expression: letters and marks of scripts that put no spaces between words
-- (Thai, Lao, Burmese, Khmer, Chinese, Japanese), and Korean, which writes particles onto the word.
CREATE OR REPLACE FUNCTION unspaced_ranges() RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN '\u0E01-\u0E3A\u0E40-\u0E4E\u0E81-\u0ECE\u0EDC-\u0EDF\u1000-\u103F\u1050-\u108F\u109A-\u109D'
    '\u1780-\u17D3\u17DC\u17DD\u3005-\u3007\u3041-\u309F\u30A1-\u30FA\u30FC-\u30FF\u3105-\u312F'
    '\u31F0-\u31FF\u3400-\u4DBF\u4E00-\u9FFF\uA9E0-\uA9EF\uA9FA-\uA9FE\uAA60-\uAA7F\uAC00-\uD7A3'
    '\uF900-\uFAFF\U00020000-\U0003FFFF';
END
$$;

-- The zero of each script that has digits of its own; its nine others follow it in Unicode.
CREATE OR REPLACE FUNCTION digit_zeros() RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN U&'\0660\06F0\07C0\0966\09E6\0A66\0AE6\0B66\0BE6\0C66\0CE6\0D66\0DE6\0E50\0ED0\0F20\1040\1090'
    '\17E0\1810\1946\19D0\1A80\1A90\1B50\1BB0\1C40\1C50\A620\A8D0\A900\A9D0\A9F0\AA50\ABF0'
    '\+0104A0\+010D30\+011136\+01E140\+01E2F0\+01E950';
END
$$;

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
  v_text text := translate(p_text, v_joint, ' ');
BEGIN
  -- There, the small letter of I has no dot.
  IF p_language IN ('tr', 'az') THEN
    v_text := lower(v_text COLLATE "tr-x-icu");
  END IF;
  IF octet_length(v_text) = length(v_text) THEN
    v_text := regexp_replace(lower(v_text COLLATE "C"),
      '(?<=[a-z])[''-]+(?=[a-z])', v_joint, 'g');
    v_text := regexp_replace(v_text, '[^a-z0-9' || v_joint || ']+', ' ', 'g');
    RETURN translate(trim(v_text), v_joint, '_');
  END IF;
  v_text := lower(normalize(v_text, NFKC) COLLATE "und-x-icu");
  -- Unicode's Default_Ignorable_Code_Point but ZWNJ (U+200C), and the stroke that lengthens Arabic words.
  v_text := regexp_replace(v_text,
    '[\u00AD\u034F\u061C\u0640\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200D-\u200F\u202A-\u202E'
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
    '(?<=[[:alpha:]' || v_marks || '])(?:[''’‘ʼʻʹ‐‑·״׳\u200C-]+|"(?=[א-ת]))(?=[[:alpha:]])',
    v_joint, 'g');
  v_text := regexp_replace(v_text COLLATE "und-x-icu",
    '(?:[^[:alnum:]〇' || v_joint || v_marks || ']|[ʼʻʹ])+', ' ', 'g');
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

-- Tidy words without what people leave out or write in several ways: accents of Latin, Greek and
-- Cyrillic letters, points of Hebrew and Arabic, the Indic nukta. What has no decomposition in Unicode is
-- named here. No word gets lost, so the result goes word by word with what was given.
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
  v_text := translate(v_text, 'øđðłħıŧςґ', 'oddlhitσг');
  v_text := translate(v_text, 'ٱىیېےۍةەہھۃکڪ', 'اييييي' || 'ههههه' || 'كك');
  v_text := translate(v_text, 'ךםןףץ', 'כמנפצ');
  -- Candrabindu and anusvara.
  v_text := translate(v_text, U&'\0901\0981\0A01\0A81\0B01', U&'\0902\0982\0A02\0A82\0B02');
  RETURN normalize(v_text, NFC);
END
$$;

-- The words of a text as they are compared: tidy, without accents, compounds taken apart.
CREATE OR REPLACE FUNCTION fold(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN translate(without_accents(tidy('', p_text)), '_', ' ');
END
$$;

-- Each of several texts as it is looked for, such as the languages that somebody speaks; NULL for none.
CREATE OR REPLACE FUNCTION fold_all(p_texts text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(fold(each) ORDER BY place)
  FROM unnest(p_texts) WITH ORDINALITY AS given (each, place)
$$;

-- The tidy words of a text: a compound by its parts, and as one word at the end.
CREATE OR REPLACE FUNCTION words_of(p_language text, p_text text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_tidy text := tidy(p_language, p_text);
  v_words text[] := string_to_array(translate(v_tidy, '_', ' '), ' ');
  v_word text;
BEGIN
  FOREACH v_word IN ARRAY string_to_array(v_tidy, ' ') LOOP
    IF strpos(v_word, '_') > 0 THEN
      v_words := v_words || replace(v_word, '_', '');
    END IF;
  END LOOP;
  RETURN v_words;
END
$$;

-- `fold`, with each compound once more as one word ("e mail email"), and Arabic and Hebrew words without the
-- particles that are written onto them: a slip is looked for in the word, whatever stands before it.
CREATE OR REPLACE FUNCTION fold_compounds(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_text text := without_accents(array_to_string(words_of('', p_text), ' '));
  v_word text;
  v_bare text;
BEGIN
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

-- Folded words in ASCII, so that pg_trgm finds words that are nearly alike: it asks the database's locale
-- which bytes are letters, and under "C" only those of ASCII are. Each letter of another script becomes
-- one of 36, and a Chinese character two; that some share one only brings a few more candidates, of which
-- server/domain/spelling.ts decides. Syllables are taken apart first: one slip in a Korean one is small.
-- A run without spaces becomes its pairs of letters, since a trigram at the edge of a word matters most.
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

-- The dictionary that finds the stem of a word in a text of a language (ISO 639); NULL where there is none.
-- Where the language has another alphabet, a Latin word is taken for English.
CREATE OR REPLACE FUNCTION search_dictionary(p_language text, p_word text) RETURNS regdictionary
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF p_language IN ('el', 'hi', 'hy', 'ne', 'ru', 'sr', 'ta', 'yi') AND p_word ~ '^[a-z0-9]+$' THEN
    RETURN 'pg_catalog.english_stem';
  END IF;
  RETURN CASE p_language
    WHEN 'ca' THEN 'pg_catalog.catalan_stem'
    WHEN 'da' THEN 'pg_catalog.danish_stem'
    WHEN 'de' THEN 'pg_catalog.german_stem'
    WHEN 'el' THEN 'pg_catalog.greek_stem'
    WHEN 'en' THEN 'pg_catalog.english_stem'
    WHEN 'es' THEN 'pg_catalog.spanish_stem'
    WHEN 'eu' THEN 'pg_catalog.basque_stem'
    WHEN 'fi' THEN 'pg_catalog.finnish_stem'
    WHEN 'fr' THEN 'pg_catalog.french_stem'
    WHEN 'ga' THEN 'pg_catalog.irish_stem'
    WHEN 'hi' THEN 'pg_catalog.hindi_stem'
    WHEN 'hu' THEN 'pg_catalog.hungarian_stem'
    WHEN 'hy' THEN 'pg_catalog.armenian_stem'
    WHEN 'id' THEN 'pg_catalog.indonesian_stem'
    WHEN 'it' THEN 'pg_catalog.italian_stem'
    WHEN 'lt' THEN 'pg_catalog.lithuanian_stem'
    WHEN 'ne' THEN 'pg_catalog.nepali_stem'
    WHEN 'nl' THEN 'pg_catalog.dutch_stem'
    WHEN 'no' THEN 'pg_catalog.norwegian_stem'
    WHEN 'pt' THEN 'pg_catalog.portuguese_stem'
    WHEN 'ro' THEN 'pg_catalog.romanian_stem'
    WHEN 'ru' THEN 'pg_catalog.russian_stem'
    WHEN 'sr' THEN 'pg_catalog.serbian_stem'
    WHEN 'sv' THEN 'pg_catalog.swedish_stem'
    WHEN 'ta' THEN 'pg_catalog.tamil_stem'
    WHEN 'tr' THEN 'pg_catalog.turkish_stem'
    WHEN 'yi' THEN 'pg_catalog.yiddish_stem'
  END::regdictionary;
END
$$;

-- The stems of a tidy word in its language, folded: accents belong to the endings by which a stem is
-- found, and only then may they go. A small word such as "the" has none.
--
-- Arabic and Hebrew write "and", "the", "in", "to" onto the word. Whether a first letter belongs to the word
-- cannot always be seen, so there may be several stems. Arabic endings are those of light10 (Larkey,
-- Ballesteros and Connell, 2007).
CREATE OR REPLACE FUNCTION stems_of(p_language text, p_word text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_folded constant text := without_accents(p_word);
  v_dictionary regdictionary;
  v_bare text[];
  v_stems text[] := '{}';
  v_each text;
BEGIN
  IF p_language = 'ar' THEN
    IF v_folded ~ '^[وف]?[بك]?ال..' THEN
      v_bare := ARRAY[regexp_replace(v_folded, '^[وف]?[بك]?ال', '')];
    ELSIF v_folded ~ '^[وف]?لل..' THEN
      -- "To the" loses a letter: what follows begins with one L or with two.
      v_bare := ARRAY[regexp_replace(v_folded, '^[وف]?لل', ''), regexp_replace(v_folded, '^[وف]?لل', 'ل')];
    ELSE
      v_bare := ARRAY[v_folded, regexp_replace(v_folded, '^[وف](?=...)', ''),
        regexp_replace(v_folded, '^[وف]?[بكل](?=....)', '')];
    END IF;
    FOREACH v_each IN ARRAY v_bare LOOP
      v_each := regexp_replace(v_each, '(?<=...)(ها|هم|هن|كم|نا)$', '');
      v_each := regexp_replace(v_each, '(?<=..)(ان|ات|ون|ين|يه)$', '');
      v_stems := v_stems || regexp_replace(v_each, '(?<=..)[هي]$', '');
    END LOOP;
    RETURN v_stems;
  ELSIF p_language = 'he' THEN
    v_bare := ARRAY[v_folded, regexp_replace(v_folded, '^ו(?=...)', ''),
      regexp_replace(v_folded, '^ו?[הבכלמש](?=...)', ''),
      regexp_replace(v_folded, '^ו?[בכלמש]ה(?=...)', '')];
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
-- suffice, and their stems in its language. Where a script has no spaces, each two letters that follow
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
        CONTINUE;
      END IF;
      v_place := v_place + 1;
      v_forms := ARRAY[v_folded[v_word]];
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
-- parts, and where a script has no spaces, its letters one after the other. Of the last one the first
-- letters suffice where it is perhaps still being typed. Words such as "the", which have no stem, count
-- only where there are no others. NULL for no words.
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

-- What listings in a language must have to be found by these words. Each begins with the mark of the
-- community, as in listing_words.
CREATE OR REPLACE FUNCTION search_query(p_community uuid, p_language text, p_words text)
RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN coalesce(query_of(right(p_community::text, 6), p_language,
    string_to_array(tidy(p_language, p_words), ' '), true), '');
END
$$;

-- For mistakes in spelling the beginning of a long description is enough: in its whole length
-- there would be something alike to anything.
ALTER TABLE listing
  ADD COLUMN search TSVECTOR GENERATED ALWAYS AS (
    listing_words(community_id, language, title, description, availability, member_words)) STORED,
  ADD COLUMN folded TEXT GENERATED ALWAYS AS (
    fold_compounds(title || ' ' || member_words || ' ' || left(description, 120))) STORED,
  ADD COLUMN trigrams TEXT GENERATED ALWAYS AS (trigram_letters(
    fold_compounds(title || ' ' || member_words || ' ' || left(description, 120)))) STORED;

ALTER TABLE member
  ADD COLUMN folded TEXT GENERATED ALWAYS AS (
    fold_compounds(display_name || ' ' || neighbourhood)) STORED,
  ADD COLUMN trigrams TEXT GENERATED ALWAYS AS (trigram_letters(
    fold_compounds(display_name || ' ' || neighbourhood))) STORED,
  ADD COLUMN spoken TEXT[] GENERATED ALWAYS AS (fold_all(languages)) STORED;

CREATE INDEX listing_search_idx ON listing USING gin (search)
  WITH (fastupdate = off) WHERE status = 'open';
CREATE INDEX listing_trigrams_idx ON listing
  USING gin (community_id, trigrams extension.gin_trgm_ops) WITH (fastupdate = off)
  WHERE status = 'open';
CREATE INDEX member_trigrams_idx ON member
  USING gin (community_id, trigrams extension.gin_trgm_ops) WITH (fastupdate = off)
  WHERE status = 'active';

UPDATE saved_search SET spoken = fold(spoken) WHERE spoken <> fold(spoken);

-- One of each name, in whatever letters: by ICU, since "C" knows only those of ASCII. Names that only
-- now turn out to be the same get a number.
UPDATE neighbourhood SET name = neighbourhood.name || ' (' || same.n || ')'
FROM (
  SELECT community_id, id,
    row_number() OVER (PARTITION BY community_id, lower(name COLLATE "und-x-icu") ORDER BY id) AS n
  FROM neighbourhood
) AS same
WHERE same.n > 1 AND same.community_id = neighbourhood.community_id AND same.id = neighbourhood.id;
DROP INDEX neighbourhood_name_key;
-- Compared by bytes, so that another version of ICU cannot spoil the index.
CREATE UNIQUE INDEX neighbourhood_name_key
  ON neighbourhood (community_id, (lower(name COLLATE "und-x-icu") COLLATE "C"));

-- Rights ----------------------------------------------------------------------------------------

REVOKE ALL ON FUNCTION mark_ranges(), unspaced_ranges(), digit_zeros(), tidy(text, text),
  without_accents(text), fold(text), fold_all(text[]), words_of(text, text), fold_compounds(text),
  trigram_letters(text), search_dictionary(text, text),
  stems_of(text, text), listing_words(uuid, text, text, text, text, text),
  query_of(text, text, text[], boolean), search_query(uuid, text, text)
FROM PUBLIC;
-- Those that columns are made of are called by whoever writes a row.
GRANT EXECUTE ON FUNCTION fold(text), fold_all(text[]), fold_compounds(text), trigram_letters(text),
  listing_words(uuid, text, text, text, text, text), search_query(uuid, text, text)
TO evenhour_app;
