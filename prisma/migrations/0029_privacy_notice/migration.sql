-- Who runs a community, for its imprint and its privacy notice. A community without a row has not said so yet.
CREATE TABLE "privacy_notice" (
    "community_id" UUID NOT NULL,
    "responsible" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "data_contact" TEXT NOT NULL,
    "hosting" TEXT NOT NULL,
    "addition" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by_id" UUID NOT NULL,
    "acting_user_id" UUID,

    CONSTRAINT "privacy_notice_pkey" PRIMARY KEY ("community_id")
);

ALTER TABLE "privacy_notice" ADD CONSTRAINT "privacy_notice_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "privacy_notice" ADD CONSTRAINT "privacy_notice_community_id_changed_by_id_fkey" FOREIGN KEY ("community_id", "changed_by_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "privacy_notice" ADD CONSTRAINT "privacy_notice_acting_user_id_fkey" FOREIGN KEY ("acting_user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

REVOKE ALL ON privacy_notice FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE ON privacy_notice TO evenhour_app;
