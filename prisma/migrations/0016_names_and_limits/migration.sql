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

-- Names and titles without what nobody sees, as server/domain/text.ts cleans what comes in: default-
-- ignorable characters, bidi controls, tags and blanks. Joiners and selectors stay where letters of
-- other scripts or emoji may need them. What shows nothing afterwards gets a neutral name.
CREATE FUNCTION pg_temp.seen(raw text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT btrim(regexp_replace(regexp_replace(regexp_replace(raw,
    '[\u0001-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u2800\u3164\uE000-\uF8FF\uFEFF\uFFA0\uFFF0-\uFFFC\U0001D159\U0001D173-\U0001D17A\U000E0000-\U000E001F\U000E0080-\U000E00FF\U000E01F0-\U000E0FFF]', '', 'g'),
    '(^|[\sA-Za-z\u00C0-\u024F\u0370-\u04FF])[\u200C\u200D\uFE00-\uFE0F\U000E0100-\U000E01EF\U000E0020-\U000E007F]+', '\1', 'g'),
    '[ \t]+', ' ', 'g'))
$$;
CREATE FUNCTION pg_temp.shows(clean text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT regexp_replace(clean,
    '[\s\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000\u200C\u200D\u0300-\u036F\u20D0-\u20FF\uFE00-\uFE0F\U000E0020-\U000E007F\U000E0100-\U000E01EF]', '', 'g') <> ''
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

DROP FUNCTION pg_temp.seen(text);
DROP FUNCTION pg_temp.shows(text);
