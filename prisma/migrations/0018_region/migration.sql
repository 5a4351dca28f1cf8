-- How dates and clocks look, and hours that reach past midnight.

-- ISO 3166 alpha-2; NULL for the region of the time zone, as in every community from before.
ALTER TABLE "community" ADD COLUMN "region" TEXT;
ALTER TABLE "community" ADD CONSTRAINT "community_region_check" CHECK ("region" ~ '^[A-Z]{2}$');

-- What a person chose otherwise than their community; NULL for as there.
ALTER TABLE "user" ADD COLUMN "clock" TEXT;
ALTER TABLE "user" ADD CONSTRAINT "user_clock_check" CHECK ("clock" IN ('h23', 'h12'));
-- 1 for Monday to 7 for Sunday (ISO 8601).
ALTER TABLE "user" ADD COLUMN "first_day" INTEGER;
ALTER TABLE "user" ADD CONSTRAINT "user_first_day_check" CHECK ("first_day" BETWEEN 1 AND 7);

-- 22:00 to 02:00 is 1320 to 1560: a stretch belongs to the day on which it begins, and is at most a day long.
ALTER TABLE "availability" DROP CONSTRAINT "availability_span_check";
ALTER TABLE "availability" ADD CONSTRAINT "availability_span_check" CHECK (
  0 <= "starts" AND "starts" < 1440 AND "starts" < "ends" AND "ends" <= "starts" + 1440
);
ALTER TABLE "day_exception" DROP CONSTRAINT "day_exception_span_check";
ALTER TABLE "day_exception" ADD CONSTRAINT "day_exception_span_check" CHECK (
  ("starts" IS NULL) = ("ends" IS NULL)
  AND ("starts" IS NULL OR (
    0 <= "starts" AND "starts" < 1440 AND "starts" < "ends" AND "ends" <= "starts" + 1440
  ))
);
