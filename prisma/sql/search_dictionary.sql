-- The text search dictionary that stems a word in a text of a language (ISO 639); NULL where there is none.
-- In a language with another alphabet, a Latin word is treated as English.
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
