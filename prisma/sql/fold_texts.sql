-- Each of several texts as it is looked for, such as the languages that somebody speaks; NULL for none.
CREATE OR REPLACE FUNCTION fold_texts(p_texts text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(fold_text(each) ORDER BY place)
  FROM unnest(p_texts) WITH ORDINALITY AS given (each, place)
$$;
