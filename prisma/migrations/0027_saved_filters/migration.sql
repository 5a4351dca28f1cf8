-- The filters of a saved search in one column, by the names of `searchShape` in domain/search/schema.ts,
-- so that a further filter needs no column. A filter that a version no longer has is ignored.
ALTER TABLE saved_search ADD COLUMN filters JSONB;

UPDATE saved_search SET filters = jsonb_strip_nulls(jsonb_build_object(
  'words', nullif(words, ''),
  'kind', kind,
  'category', category,
  'places', CASE WHEN places <> '{}' THEN to_jsonb(places) END,
  'spoken', nullif(spoken, ''),
  'availableOn', available_on,
  'within', within
));

ALTER TABLE saved_search
  ALTER COLUMN filters SET NOT NULL,
  ADD CONSTRAINT saved_search_filters
    CHECK (jsonb_typeof(filters) = 'object' AND octet_length(filters::text) <= 4000),
  DROP COLUMN words,
  DROP COLUMN kind,
  DROP COLUMN category,
  DROP COLUMN places,
  DROP COLUMN spoken,
  DROP COLUMN within,
  DROP COLUMN available_on;
