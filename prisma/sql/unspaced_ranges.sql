-- The inside of a bracket expression: letters and marks of scripts without spaces between words (Thai, Lao,
-- Burmese, Khmer, Chinese, Japanese), and Korean, which attaches particles to the word.
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
