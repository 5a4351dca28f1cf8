-- A text as it is looked for: tidy, and without accents. Immutable, since the dictionary is named
-- and never changes: columns may be made of it.
CREATE OR REPLACE FUNCTION fold(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN tidy(extension.unaccent('extension.unaccent'::regdictionary, normalize(p_text, NFKC)));
END
$$;
