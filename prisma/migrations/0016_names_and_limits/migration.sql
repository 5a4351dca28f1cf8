-- How somebody came in: by which invitation, and from which network address, so that coordinators
-- see when many come at once. Rows are deleted after 30 days.
CREATE TABLE "member_join" (
    "community_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "invitation_id" UUID,
    "address_hash" TEXT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_join_pkey" PRIMARY KEY ("community_id","member_id")
);

CREATE INDEX "member_join_community_id_joined_at_idx" ON "member_join"("community_id", "joined_at");

ALTER TABLE "member_join" ADD CONSTRAINT "member_join_community_id_member_id_fkey" FOREIGN KEY ("community_id", "member_id") REFERENCES "member"("community_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "member_join" ADD CONSTRAINT "member_join_community_id_invitation_id_fkey" FOREIGN KEY ("community_id", "invitation_id") REFERENCES "invitation"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

REVOKE ALL ON member_join FROM PUBLIC;
GRANT SELECT, INSERT, DELETE ON member_join TO evenhour_app;

-- Texts without what nobody sees, as server/domain/text.ts cleans what comes in: default-ignorable
-- characters, bidi controls, tags, blanks, marks on nothing and more than five marks on a letter.
-- Joiners and selectors stay where letters of other scripts or emoji may need them. A name or title
-- that shows nothing afterwards gets a neutral one.
CREATE FUNCTION pg_temp.cleaned(raw text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(raw,
    '[\u0001-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uE000-\uF8FF\uFEFF\uFFA0\uFFF0-\uFFFC\U0001D159\U0001D173-\U0001D17A\U000E0000-\U000E001F\U000E0080-\U000E00FF\U000E01F0-\U000E0FFF]', '', 'g'),
    '(^|[\sA-Za-z\u00C0-\u024F\u0370-\u04FF])[\u200C\u200D\uFE00-\uFE0F\U000E0100-\U000E01EF\U000E0020-\U000E007F]+', '\1', 'g'),
    '(^|\s)[\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]+', '\1', 'g'),
    '([\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]{5})[\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F]+', '\1', 'g')
$$;
CREATE FUNCTION pg_temp.seen(raw text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT btrim(regexp_replace(pg_temp.cleaned(raw), '[ \t]+', ' ', 'g'))
$$;
CREATE FUNCTION pg_temp.shows(clean text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(clean,
    '[\s\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\u200C\u200D\uFE00-\uFE0F\u0300-\u036F\u0483-\u0489\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE20-\uFE2F\U000E0020-\U000E007F\U000E0100-\U000E01EF]', '', 'g') <> ''
$$;

UPDATE member SET display_name = CASE WHEN pg_temp.shows(pg_temp.seen(display_name))
    THEN pg_temp.seen(display_name)
    ELSE (SELECT CASE left(community.language, 2) WHEN 'es' THEN 'Miembro ' WHEN 'ar' THEN 'عضو '
        ELSE 'Member ' END FROM community WHERE community.id = community_id) || number END
  WHERE display_name <> pg_temp.seen(display_name) OR NOT pg_temp.shows(display_name);
UPDATE member SET neighbourhood = CASE WHEN pg_temp.shows(pg_temp.seen(neighbourhood))
    THEN pg_temp.seen(neighbourhood) ELSE '' END
  WHERE neighbourhood <> '' AND (neighbourhood <> pg_temp.seen(neighbourhood)
    OR NOT pg_temp.shows(neighbourhood));
UPDATE "user" SET name = CASE WHEN pg_temp.shows(pg_temp.seen(name)) THEN pg_temp.seen(name)
    ELSE 'Neighbour' END
  WHERE name <> pg_temp.seen(name) OR NOT pg_temp.shows(name);
UPDATE listing SET title = CASE WHEN pg_temp.shows(pg_temp.seen(title)) THEN pg_temp.seen(title)
    ELSE '(…)' END
  WHERE title <> pg_temp.seen(title) OR NOT pg_temp.shows(title);
UPDATE exchange SET title = CASE WHEN pg_temp.shows(pg_temp.seen(title)) THEN pg_temp.seen(title)
    ELSE '(…)' END
  WHERE title <> pg_temp.seen(title) OR NOT pg_temp.shows(title);

UPDATE member SET about = pg_temp.cleaned(about), contact = pg_temp.cleaned(contact)
  WHERE about <> pg_temp.cleaned(about) OR contact <> pg_temp.cleaned(contact);
UPDATE listing SET description = pg_temp.cleaned(description), availability = pg_temp.seen(availability)
  WHERE description <> pg_temp.cleaned(description) OR availability <> pg_temp.seen(availability);
UPDATE exchange_note SET text = pg_temp.cleaned(text)
  WHERE text <> pg_temp.cleaned(text) AND pg_temp.shows(pg_temp.cleaned(text));
UPDATE thanks SET text = pg_temp.cleaned(text)
  WHERE text <> pg_temp.cleaned(text) AND pg_temp.shows(pg_temp.cleaned(text));
-- Two that only looked the same stay two.
UPDATE neighbourhood SET name = pg_temp.seen(name)
  WHERE name <> pg_temp.seen(name) AND pg_temp.shows(pg_temp.seen(name)) AND NOT EXISTS (
    SELECT FROM neighbourhood AS other
    WHERE other.community_id = neighbourhood.community_id AND other.id <> neighbourhood.id
      AND lower(pg_temp.seen(other.name)) = lower(pg_temp.seen(neighbourhood.name)));

DROP FUNCTION pg_temp.seen(text);
DROP FUNCTION pg_temp.cleaned(text);
DROP FUNCTION pg_temp.shows(text);
