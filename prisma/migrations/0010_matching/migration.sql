-- Finds the newest open offers, or requests, of one kind of help, however many listings there are.
CREATE INDEX "listing_community_id_category_kind_status_created_at_idx"
  ON "listing"("community_id", "category", "kind", "status", "created_at");
