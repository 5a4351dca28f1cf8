-- Normalized words without optional signs: accents of Latin, Greek and Cyrillic letters, points of Hebrew and
-- Arabic, the Indic nukta. Letters without a decomposition in Unicode are listed here and in domain/kernel/words.ts.
-- No word is removed, so the words of the result correspond to those of the argument.
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
