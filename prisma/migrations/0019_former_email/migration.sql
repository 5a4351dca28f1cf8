-- Where nothing can show whose a new address is, a slip must not lock anybody out: the address
-- before still signs in for a while, with the same password.
ALTER TABLE "user" ADD COLUMN "former_email" TEXT;
ALTER TABLE "user" ADD COLUMN "former_email_until" TIMESTAMPTZ(3);
ALTER TABLE "user" ADD CONSTRAINT "user_former_email_check"
  CHECK (("former_email" IS NULL) = ("former_email_until" IS NULL));
CREATE UNIQUE INDEX "user_former_email_key" ON "user"("former_email");
