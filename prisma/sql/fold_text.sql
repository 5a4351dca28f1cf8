-- The words of a text for comparison: normalized, without accents, compounds split.
CREATE OR REPLACE FUNCTION fold_text(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN translate(without_accents(normalize_text('', p_text)), '_', ' ');
END
$$;
