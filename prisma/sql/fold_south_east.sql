-- Unifies letters of Thai, Lao, Burmese and Khmer that are typed in two ways and look the same: two short vowels
-- for a long one, a tone mark before or after the ring of "am", the Khmer subscripts of T and D.
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
