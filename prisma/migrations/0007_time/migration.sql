-- When people can, what they agreed to, and that nobody is promised twice at once.

-- Equality beside ranges in one index. What extensions bring stays out of our own schema.
CREATE SCHEMA IF NOT EXISTS extension;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA extension;

-- Kept around what was agreed, for the way there and back; minutes.
ALTER TABLE "member" ADD COLUMN "travel_minutes" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "member" ADD CONSTRAINT "member_travel_minutes_check" CHECK ("travel_minutes" BETWEEN 0 AND 240);

-- The interface's language that a person chose; mails are written in it.
ALTER TABLE "user" ADD COLUMN "language" TEXT;

-- A request says when it is needed, by the community's clock.
ALTER TABLE "listing" ADD COLUMN "needed_on" DATE;
ALTER TABLE "listing" ADD COLUMN "needed_time" TEXT NOT NULL DEFAULT '';

ALTER TABLE "exchange" ADD COLUMN "series_id" UUID;
ALTER TABLE "exchange" ADD COLUMN "reschedule_to" TIMESTAMPTZ(3);
ALTER TABLE "exchange" ADD COLUMN "shares_time" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "exchange_event" ADD COLUMN "cause" TEXT NOT NULL DEFAULT '';

-- Only what is agreed can be asked to move.
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_reschedule_check"
  CHECK ("reschedule_to" IS NULL OR "status" = 'agreed');

CREATE INDEX "exchange_community_id_series_id_idx" ON "exchange"("community_id", "series_id");

-- What was agreed before this rule keeps its promise: of two at once, the later one stands outside it.
UPDATE "exchange" AS later SET "shares_time" = true
WHERE later."status" = 'agreed' AND EXISTS (
  SELECT FROM "exchange" AS earlier
  WHERE earlier."community_id" = later."community_id" AND earlier."giver_id" = later."giver_id"
    AND earlier."status" = 'agreed' AND earlier."id" < later."id"
    AND tstzrange(earlier."starts_at", earlier."starts_at" + make_interval(mins => earlier."minutes"))
     && tstzrange(later."starts_at", later."starts_at" + make_interval(mins => later."minutes"))
);

-- A giver is never promised twice at once. UTC, because an index may not ask for anybody's zone.
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_giver_once" EXCLUDE USING gist (
  "community_id" WITH =,
  "giver_id" WITH =,
  tsrange("starts_at" AT TIME ZONE 'UTC', ("starts_at" AT TIME ZONE 'UTC') + make_interval(mins => "minutes")) WITH &&
) WHERE ("status" = 'agreed' AND NOT "shares_time");

-- CreateTable
CREATE TABLE "availability" (
    "community_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "weekday" INTEGER NOT NULL,
    "starts" INTEGER NOT NULL,
    "ends" INTEGER NOT NULL,

    CONSTRAINT "availability_pkey" PRIMARY KEY ("community_id","member_id","weekday","starts"),
    CONSTRAINT "availability_weekday_check" CHECK ("weekday" BETWEEN 1 AND 7),
    CONSTRAINT "availability_span_check" CHECK (0 <= "starts" AND "starts" < "ends" AND "ends" <= 1440)
);

-- CreateTable
CREATE TABLE "day_exception" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "first_day" DATE NOT NULL,
    "last_day" DATE NOT NULL,
    "starts" INTEGER,
    "ends" INTEGER,

    CONSTRAINT "day_exception_pkey" PRIMARY KEY ("community_id","id"),
    CONSTRAINT "day_exception_days_check" CHECK ("first_day" <= "last_day"),
    CONSTRAINT "day_exception_span_check" CHECK (
      ("starts" IS NULL) = ("ends" IS NULL)
      AND ("starts" IS NULL OR (0 <= "starts" AND "starts" < "ends" AND "ends" <= 1440))
    )
);

-- CreateTable
CREATE TABLE "calendar_feed" (
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "calendar_feed_pkey" PRIMARY KEY ("user_id")
);

-- CreateIndex
CREATE INDEX "day_exception_community_id_member_id_last_day_idx" ON "day_exception"("community_id", "member_id", "last_day");

-- CreateIndex
CREATE UNIQUE INDEX "calendar_feed_token_hash_key" ON "calendar_feed"("token_hash");

-- AddForeignKey
ALTER TABLE "availability" ADD CONSTRAINT "availability_community_id_member_id_fkey" FOREIGN KEY ("community_id", "member_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "day_exception" ADD CONSTRAINT "day_exception_community_id_member_id_fkey" FOREIGN KEY ("community_id", "member_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "calendar_feed" ADD CONSTRAINT "calendar_feed_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Weeks are written anew as a whole; a calendar's address is replaced or given up.
GRANT SELECT, INSERT, DELETE ON "availability", "day_exception" TO evenhour_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "calendar_feed" TO evenhour_app;
