-- fold_text of each text of an array, such as the languages that a member speaks; NULL for an empty array.
CREATE OR REPLACE FUNCTION fold_texts(p_texts text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(fold_text(each) ORDER BY place)
  FROM unnest(p_texts) WITH ORDINALITY AS given (each, place)
$$;
