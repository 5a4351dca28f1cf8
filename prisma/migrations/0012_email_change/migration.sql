-- The address of e-mail that somebody wants from now on, until they have shown that it is theirs; one
-- at a time.
CREATE TABLE "email_change" (
    "user_id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "email_change_pkey" PRIMARY KEY ("user_id")
);

ALTER TABLE "email_change" ADD CONSTRAINT "email_change_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

REVOKE ALL ON email_change FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON email_change TO evenhour_app;
