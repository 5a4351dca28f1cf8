-- What one side of an exchange says to the other for all to read, and what only coordinators read.
CREATE TABLE "thanks" (
    "community_id" UUID NOT NULL,
    "exchange_id" UUID NOT NULL,
    "from_member_id" UUID NOT NULL,
    "to_member_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "thanks_pkey" PRIMARY KEY ("community_id","exchange_id","from_member_id")
);

CREATE TABLE "private_word" (
    "community_id" UUID NOT NULL,
    "exchange_id" UUID NOT NULL,
    "from_member_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "private_word_pkey" PRIMARY KEY ("community_id","exchange_id","from_member_id")
);

-- A picture is never changed, only replaced by another row: its address can be kept for ever.
CREATE TABLE "photo" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "owner_id" UUID NOT NULL,
    "content_type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "square" BYTEA NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "photo_pkey" PRIMARY KEY ("community_id","id")
);

ALTER TABLE "member" ADD COLUMN "photo_id" UUID;
ALTER TABLE "listing" ADD COLUMN "photo_id" UUID;

-- A page of thanks, the latest first.
CREATE INDEX "thanks_community_id_to_member_id_created_at_idx" ON "thanks"("community_id", "to_member_id", "created_at");
CREATE INDEX "private_word_community_id_created_at_idx" ON "private_word"("community_id", "created_at");
CREATE INDEX "photo_community_id_owner_id_idx" ON "photo"("community_id", "owner_id");
-- A photo is of one thing, so that it can go when that thing has another.
CREATE UNIQUE INDEX "member_community_id_photo_id_key" ON "member"("community_id", "photo_id");
CREATE UNIQUE INDEX "listing_community_id_photo_id_key" ON "listing"("community_id", "photo_id");

ALTER TABLE "thanks" ADD CONSTRAINT "thanks_community_id_exchange_id_fkey" FOREIGN KEY ("community_id", "exchange_id") REFERENCES "exchange"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "thanks" ADD CONSTRAINT "thanks_community_id_from_member_id_fkey" FOREIGN KEY ("community_id", "from_member_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "thanks" ADD CONSTRAINT "thanks_community_id_to_member_id_fkey" FOREIGN KEY ("community_id", "to_member_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "private_word" ADD CONSTRAINT "private_word_community_id_exchange_id_fkey" FOREIGN KEY ("community_id", "exchange_id") REFERENCES "exchange"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "private_word" ADD CONSTRAINT "private_word_community_id_from_member_id_fkey" FOREIGN KEY ("community_id", "from_member_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- To the account, which has the member's id and names no photo itself: a backup has no circle to break.
ALTER TABLE "photo" ADD CONSTRAINT "photo_community_id_owner_id_fkey" FOREIGN KEY ("community_id", "owner_id") REFERENCES "account"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "member" ADD CONSTRAINT "member_community_id_photo_id_fkey" FOREIGN KEY ("community_id", "photo_id") REFERENCES "photo"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "listing" ADD CONSTRAINT "listing_community_id_photo_id_fkey" FOREIGN KEY ("community_id", "photo_id") REFERENCES "photo"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE thanks ADD CONSTRAINT thanks_two_people CHECK (from_member_id <> to_member_id);
ALTER TABLE photo
  ADD CONSTRAINT photo_width_sensible CHECK (width BETWEEN 1 AND 1280),
  ADD CONSTRAINT photo_height_sensible CHECK (height BETWEEN 1 AND 1280),
  -- One row must not fill a disk: 1 MB is several times what is ever made.
  ADD CONSTRAINT photo_bytes_sensible CHECK (octet_length(bytes) BETWEEN 1 AND 1000000),
  ADD CONSTRAINT photo_square_sensible CHECK (octet_length(square) BETWEEN 1 AND 200000);

-- Compressed as they are, trying to compress them again would only cost time.
ALTER TABLE photo ALTER COLUMN bytes SET STORAGE EXTERNAL, ALTER COLUMN square SET STORAGE EXTERNAL;

GRANT SELECT, INSERT, UPDATE, DELETE ON thanks TO evenhour_app;
GRANT SELECT, INSERT, UPDATE ON private_word TO evenhour_app;
GRANT SELECT, INSERT, DELETE ON photo TO evenhour_app;
