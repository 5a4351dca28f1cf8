-- The parts of town that a community has named, each with a point as coarse as a member's. Whoever
-- chooses one keeps its name and its point: nothing refers to it, and removing it takes nobody's place.
CREATE TABLE "neighbourhood" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "latitude" INTEGER NOT NULL,
    "longitude" INTEGER NOT NULL,

    CONSTRAINT "neighbourhood_pkey" PRIMARY KEY ("community_id","id")
);

ALTER TABLE "neighbourhood" ADD CONSTRAINT "neighbourhood_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One of each name, in whatever letters.
CREATE UNIQUE INDEX neighbourhood_name_key ON neighbourhood (community_id, lower(name));

-- The same grid as a member's (0008_search).
ALTER TABLE neighbourhood
  ADD CONSTRAINT neighbourhood_latitude CHECK (latitude BETWEEN -900000 AND 900000),
  ADD CONSTRAINT neighbourhood_longitude CHECK (longitude BETWEEN -1800000 AND 1800000),
  ADD CONSTRAINT neighbourhood_latitude_coarse CHECK (latitude % 27 = 0),
  ADD CONSTRAINT neighbourhood_longitude_coarse CHECK (
    longitude % round(27 / greatest(cosd(latitude / 10000.0::float8), 0.05))::integer = 0);

REVOKE ALL ON neighbourhood FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON neighbourhood TO evenhour_app;
