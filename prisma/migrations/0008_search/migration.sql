-- Finding: what neighbours offer and ask for and who they are, by words in any language, spelled as
-- it may be, and by distance. Copies of prisma/sql/*.sql are among it.

-- The extensions live in a schema of their own: `public` stays what is ours.
CREATE SCHEMA IF NOT EXISTS extension;
CREATE EXTENSION IF NOT EXISTS unaccent SCHEMA extension;
CREATE EXTENSION IF NOT EXISTS pg_trgm SCHEMA extension;
CREATE EXTENSION IF NOT EXISTS btree_gin SCHEMA extension;
GRANT USAGE ON SCHEMA extension TO evenhour_app;

-- A text in small letters, with a space for each mark of punctuation (the parser of text search
-- would take "bread/cakes" for the name of a file). Arabic loses its vowel signs, and letters that
-- people write in several ways become one.
CREATE OR REPLACE FUNCTION tidy(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_marks constant text := '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~·¿¡…–—“”„«»‘’،؛؟、。・';
  v_letters text := lower(normalize(p_text, NFKC));
BEGIN
  -- The vowel signs have no counterpart, and so they go.
  v_letters := translate(v_letters,
    'أإآٱىةؤئ' || U&'\0640\064B\064C\064D\064E\064F\0650\0651\0652\0670', 'اااايهوي');
  RETURN trim(translate(v_letters, v_marks, repeat(' ', length(v_marks))));
END
$$;

-- A text as it is looked for: tidy, and without accents. Immutable, since the dictionary is named
-- and never changes: columns may be made of it.
CREATE OR REPLACE FUNCTION fold(p_text text) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN tidy(extension.unaccent('extension.unaccent'::regdictionary, normalize(p_text, NFKC)));
END
$$;

-- Each of several texts as it is looked for, such as the languages that somebody speaks; NULL for none.
CREATE OR REPLACE FUNCTION fold_all(p_texts text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT array_agg(fold(each) ORDER BY place)
  FROM unnest(p_texts) WITH ORDINALITY AS given (each, place)
$$;

-- How words of a language (ISO 639) find their stems; those of any other stay as they are.
CREATE OR REPLACE FUNCTION search_config(p_language text) RETURNS regconfig
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN CASE p_language
    WHEN 'ar' THEN 'pg_catalog.arabic'
    WHEN 'ca' THEN 'pg_catalog.catalan'
    WHEN 'da' THEN 'pg_catalog.danish'
    WHEN 'de' THEN 'pg_catalog.german'
    WHEN 'el' THEN 'pg_catalog.greek'
    WHEN 'en' THEN 'pg_catalog.english'
    WHEN 'es' THEN 'pg_catalog.spanish'
    WHEN 'eu' THEN 'pg_catalog.basque'
    WHEN 'fi' THEN 'pg_catalog.finnish'
    WHEN 'fr' THEN 'pg_catalog.french'
    WHEN 'ga' THEN 'pg_catalog.irish'
    WHEN 'hi' THEN 'pg_catalog.hindi'
    WHEN 'hu' THEN 'pg_catalog.hungarian'
    WHEN 'hy' THEN 'pg_catalog.armenian'
    WHEN 'id' THEN 'pg_catalog.indonesian'
    WHEN 'it' THEN 'pg_catalog.italian'
    WHEN 'lt' THEN 'pg_catalog.lithuanian'
    WHEN 'ne' THEN 'pg_catalog.nepali'
    WHEN 'nl' THEN 'pg_catalog.dutch'
    WHEN 'no' THEN 'pg_catalog.norwegian'
    WHEN 'pt' THEN 'pg_catalog.portuguese'
    WHEN 'ro' THEN 'pg_catalog.romanian'
    WHEN 'ru' THEN 'pg_catalog.russian'
    WHEN 'sr' THEN 'pg_catalog.serbian'
    WHEN 'sv' THEN 'pg_catalog.swedish'
    WHEN 'ta' THEN 'pg_catalog.tamil'
    WHEN 'tr' THEN 'pg_catalog.turkish'
    WHEN 'yi' THEN 'pg_catalog.yiddish'
    ELSE 'pg_catalog.simple'
  END::regconfig;
END
$$;

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

-- The words by which a listing is found: as they are written, so that the first letters of one
-- suffice, and their stems in its language. What matters more has the heavier weight.
--
-- Each word begins with a mark of the community. The index then keeps a community's words apart
-- from all others', and a search costs the same alone and among a thousand: with the community as
-- a column of the index, each word would be looked up among everybody's first.
CREATE OR REPLACE FUNCTION listing_words(
  p_community uuid, p_language text, p_title text, p_description text, p_availability text,
  p_member text
) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_words tsvector :=
    setweight(to_tsvector('simple', fold(p_title)) || stems_of(p_language, p_title), 'A') ||
    setweight(to_tsvector('simple', fold(p_member)), 'B') ||
    setweight(
      to_tsvector('simple', fold(p_description)) || stems_of(p_language, p_description), 'C') ||
    setweight(
      to_tsvector('simple', fold(p_availability)) || stems_of(p_language, p_availability), 'D');
BEGIN
  -- No word has a quotation mark in it, so one that follows a space begins a word.
  RETURN replace(' ' || v_words::text, ' ''', ' ''' || right(p_community::text, 6))::tsvector;
END
$$;

-- What listings in a language must have to be found by these words: each of them, as written or by
-- its stem; of the last one the first letters suffice, for it is perhaps still being typed. Words
-- such as "the", which have no stem, count only where there are no others. Each begins with the
-- mark of the community, as in listing_words.
CREATE OR REPLACE FUNCTION search_query(p_community uuid, p_language text, p_words text)
RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  v_mark text := right(p_community::text, 6);
  v_words text[] := regexp_split_to_array(tidy(p_words), '\s+');
  v_end text := '';
  v_folded text;
  v_forms text[];
  v_word tsquery;
  v_all tsquery;
  v_small tsquery;
BEGIN
  FOR v_place IN 1 .. array_length(v_words, 1) LOOP
    v_folded := fold(v_words[v_place]);
    CONTINUE WHEN v_folded !~ '\w';
    IF v_place = array_length(v_words, 1) THEN
      v_end := ':*';
    END IF;
    v_word := array_to_string(ARRAY(
      SELECT quote_literal(v_mark || part) || v_end
      FROM regexp_split_to_table(v_folded, '\s+') AS part), ' & ')::tsquery;
    v_forms := tsvector_to_array(stems_of(p_language, v_words[v_place]));
    IF v_forms = '{}' THEN
      v_small := coalesce(v_small && v_word, v_word);
      CONTINUE;
    END IF;
    v_word := v_word || array_to_string(
      ARRAY(SELECT quote_literal(v_mark || form) FROM unnest(v_forms) AS form), ' & ')::tsquery;
    v_all := coalesce(v_all && v_word, v_word);
  END LOOP;
  RETURN coalesce(v_all, v_small, '');
END
$$;

-- Languages and words ---------------------------------------------------------------------------

ALTER TABLE "listing" ADD COLUMN "language" TEXT,
  ADD COLUMN "member_words" TEXT NOT NULL DEFAULT '';

UPDATE listing SET language = community.language,
  member_words = concat_ws(' ', member.display_name, member.neighbourhood)
FROM community, member
WHERE community.id = listing.community_id AND member.community_id = listing.community_id
  AND member.id = listing.member_id;

ALTER TABLE "listing" ALTER COLUMN "language" SET NOT NULL;

-- For mistakes in spelling the beginning of a long description is enough: in its whole length
-- there would be something alike to anything.
ALTER TABLE "listing"
  ADD COLUMN "search" TSVECTOR GENERATED ALWAYS AS (
    listing_words(community_id, language, title, description, availability, member_words)) STORED,
  ADD COLUMN "folded" TEXT GENERATED ALWAYS AS (
    fold(title || ' ' || member_words || ' ' || left(description, 120))) STORED;

ALTER TABLE "member" ADD COLUMN "latitude" INTEGER,
  ADD COLUMN "longitude" INTEGER,
  ADD COLUMN "folded" TEXT GENERATED ALWAYS AS (
    fold(display_name || ' ' || neighbourhood)) STORED,
  ADD COLUMN "spoken" TEXT[] GENERATED ALWAYS AS (fold_all(languages)) STORED;

-- Ten-thousandths of a degree, on a grid of about 300 m: 27 of them northward, and eastward as many
-- more as the meridians are closer there. Nothing finer is ever kept (server/domain/distance.ts).
ALTER TABLE member
  ADD CONSTRAINT member_point_whole CHECK ((latitude IS NULL) = (longitude IS NULL)),
  ADD CONSTRAINT member_latitude CHECK (latitude BETWEEN -900000 AND 900000),
  ADD CONSTRAINT member_longitude CHECK (longitude BETWEEN -1800000 AND 1800000),
  ADD CONSTRAINT member_latitude_coarse CHECK (latitude % 27 = 0),
  ADD CONSTRAINT member_longitude_coarse CHECK (
    longitude % round(27 / greatest(cosd(latitude / 10000.0::float8), 0.05))::integer = 0);

-- Only what can be found is kept at hand.
CREATE INDEX listing_search_idx ON listing USING gin (search)
  WITH (fastupdate = off) WHERE status = 'open';
CREATE INDEX listing_folded_idx ON listing
  USING gin (community_id, folded extension.gin_trgm_ops) WITH (fastupdate = off)
  WHERE status = 'open';
CREATE INDEX listing_language_idx ON listing (community_id, language) WHERE status = 'open';
CREATE INDEX member_folded_idx ON member
  USING gin (community_id, folded extension.gin_trgm_ops) WITH (fastupdate = off)
  WHERE status = 'active';

-- A listing is found by its member's name and neighbourhood as well.
CREATE OR REPLACE FUNCTION take_member_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT concat_ws(' ', display_name, neighbourhood) INTO NEW.member_words
  FROM member WHERE community_id = NEW.community_id AND id = NEW.member_id;
  -- Nobody: the reference refuses it with its own name.
  NEW.member_words := coalesce(NEW.member_words, '');
  RETURN NEW;
END
$$;

CREATE TRIGGER take_member_words BEFORE INSERT OR UPDATE OF member_id ON listing
  FOR EACH ROW EXECUTE FUNCTION take_member_words();

-- A member who is called otherwise, or moves, is found so by their listings too.
CREATE OR REPLACE FUNCTION give_member_words() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE listing SET member_words = concat_ws(' ', NEW.display_name, NEW.neighbourhood)
  WHERE community_id = NEW.community_id AND member_id = NEW.id;
  RETURN NULL;
END
$$;

CREATE TRIGGER give_member_words AFTER UPDATE OF display_name, neighbourhood ON member
  FOR EACH ROW WHEN (
    (OLD.display_name, OLD.neighbourhood) IS DISTINCT FROM (NEW.display_name, NEW.neighbourhood))
  EXECUTE FUNCTION give_member_words();

-- "Tell me when …" -------------------------------------------------------------------------------

CREATE TABLE "saved_search" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "words" TEXT NOT NULL,
    "kind" "listing_kind",
    "category" TEXT,
    "places" TEXT[] NOT NULL,
    "spoken" TEXT NOT NULL,
    "within" INTEGER,
    "available_on" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "saved_search_pkey" PRIMARY KEY ("community_id","id")
);

CREATE INDEX "saved_search_community_id_member_id_idx" ON "saved_search"("community_id", "member_id");

ALTER TABLE "saved_search" ADD CONSTRAINT "saved_search_community_id_member_id_fkey" FOREIGN KEY ("community_id", "member_id") REFERENCES "member"("community_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE saved_search
  ADD CONSTRAINT saved_search_within CHECK (within BETWEEN 1 AND 1000),
  ADD CONSTRAINT saved_search_available_on CHECK (available_on BETWEEN 1 AND 7);

-- Rights ----------------------------------------------------------------------------------------

REVOKE ALL ON saved_search FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_search TO evenhour_app;

REVOKE ALL ON FUNCTION tidy(text), stems_of(text, text), fold(text), fold_all(text[]), search_config(text),
  listing_words(uuid, text, text, text, text, text), search_query(uuid, text, text), take_member_words(),
  give_member_words()
FROM PUBLIC;
-- Those that columns are made of are called by whoever writes a row.
GRANT EXECUTE ON FUNCTION fold(text), fold_all(text[]),
  listing_words(uuid, text, text, text, text, text), search_query(uuid, text, text)
TO evenhour_app;
