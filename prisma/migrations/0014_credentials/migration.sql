-- What was verified before credentials were revoked opens no session afterwards.
ALTER TABLE "user" ADD COLUMN "credential_version" INTEGER NOT NULL DEFAULT 1;

CREATE TABLE "known_device" (
    "user_id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "session_id" UUID NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_device_pkey" PRIMARY KEY ("user_id","token_hash")
);

CREATE TABLE "revocation" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "cause" TEXT NOT NULL,
    "revoked" TEXT[],
    "at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "revocation_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "mail" ADD COLUMN "expires_at" TIMESTAMPTZ(3);

CREATE TABLE "mail_token" (
    "mail_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,

    CONSTRAINT "mail_token_pkey" PRIMARY KEY ("mail_id")
);

CREATE INDEX "revocation_user_id_idx" ON "revocation"("user_id");

ALTER TABLE "known_device" ADD CONSTRAINT "known_device_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "revocation" ADD CONSTRAINT "revocation_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "mail_token" ADD CONSTRAINT "mail_token_mail_id_fkey" FOREIGN KEY ("mail_id") REFERENCES "mail"("id") ON DELETE CASCADE ON UPDATE CASCADE;

REVOKE ALL ON known_device, revocation, mail_token FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON known_device TO evenhour_app;
GRANT SELECT, INSERT, UPDATE ON revocation TO evenhour_app;
GRANT SELECT, INSERT, DELETE ON mail_token TO evenhour_app;
GRANT DELETE ON mail, identity TO evenhour_app;

-- E-mails written so far hold their tokens in clear text. One that still waits would be sent without
-- its token; whoever asked for it asks again.
DELETE FROM mail WHERE sent_at IS NULL AND (text ~ '/(link|settings/email)/[A-Za-z0-9_-]{43}');
UPDATE mail SET
  text = regexp_replace(text, '/(link|settings/email)/[A-Za-z0-9_-]{43}', '/\1/-', 'g'),
  html = regexp_replace(html, '/(link|settings/email)/[A-Za-z0-9_-]{43}', '/\1/-', 'g')
WHERE text ~ '/(link|settings/email)/[A-Za-z0-9_-]{43}' OR html ~ '/(link|settings/email)/[A-Za-z0-9_-]{43}';
