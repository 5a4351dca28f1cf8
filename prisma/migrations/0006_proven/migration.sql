-- When a link or a provider first showed that an address is its person's. Until then a password may be
-- that of somebody who signed up with another's address.
ALTER TABLE "user" ADD COLUMN "proven_at" TIMESTAMPTZ(3);
