-- The stems of a text in its language, without their accents: those belong to the endings by which
-- a stem is found, and only then may they go. Spanish "-ion" gets the one that people leave out.
CREATE OR REPLACE FUNCTION stems_of(p_language text, p_text text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_text text := tidy(p_text);
  v_stems tsvector;
BEGIN
  IF p_language = 'es' THEN
    v_text := regexp_replace(v_text, 'ion\M', 'ión', 'g');
  END IF;
  v_stems := to_tsvector(search_config(p_language), v_text);
  IF v_stems::text ~ '^[[:ascii:]]*$' THEN
    RETURN v_stems;
  END IF;
  RETURN (
    SELECT coalesce(string_agg(
      quote_literal(form) || ':' || array_to_string(positions, ','), ' '), '')::tsvector
    FROM unnest(v_stems), LATERAL (
      SELECT CASE WHEN lexeme ~ '^[[:ascii:]]*$' THEN lexeme ELSE fold(lexeme) END AS form
    ) AS folded
    WHERE form <> ''
  );
END
$$;
