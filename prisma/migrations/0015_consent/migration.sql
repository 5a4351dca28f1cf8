-- An id that a client made is used for one request. The hash of the request's content tells the same
-- request sent again from another one.
CREATE TABLE "request_id" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "content_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_id_pkey" PRIMARY KEY ("community_id","id")
);

ALTER TABLE "request_id" ADD CONSTRAINT "request_id_community_id_member_id_fkey" FOREIGN KEY ("community_id", "member_id") REFERENCES "member"("community_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "request_id" ADD CONSTRAINT "request_id_content_hash_sha256" CHECK (content_hash ~ '^[0-9a-f]{64}$');

GRANT SELECT, INSERT ON request_id TO evenhour_app;

-- Thanks appear on a member's page from a moment on, unless that member hides them.
ALTER TABLE "thanks"
  ADD COLUMN "shown_from" TIMESTAMPTZ(3),
  ADD COLUMN "hidden_at" TIMESTAMPTZ(3),
  ADD COLUMN "edited_at" TIMESTAMPTZ(3);
UPDATE "thanks" SET "shown_from" = "created_at";
ALTER TABLE "thanks" ALTER COLUMN "shown_from" SET NOT NULL;
