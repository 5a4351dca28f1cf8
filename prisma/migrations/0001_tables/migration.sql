-- CreateEnum
CREATE TYPE "account_kind" AS ENUM ('member', 'fund');

-- CreateEnum
CREATE TYPE "transfer_kind" AS ENUM ('exchange', 'welcome', 'reversal');

-- CreateEnum
CREATE TYPE "hold_status" AS ENUM ('open', 'settled', 'released');

-- CreateEnum
CREATE TYPE "joining" AS ENUM ('invitation', 'open');

-- CreateEnum
CREATE TYPE "member_role" AS ENUM ('member', 'coordinator');

-- CreateEnum
CREATE TYPE "member_status" AS ENUM ('applied', 'active', 'paused', 'left', 'suspended');

-- CreateEnum
CREATE TYPE "listing_kind" AS ENUM ('offer', 'request');

-- CreateEnum
CREATE TYPE "listing_status" AS ENUM ('open', 'paused', 'closed');

-- CreateEnum
CREATE TYPE "exchange_status" AS ENUM ('proposed', 'agreed', 'reported', 'disputed', 'settled', 'declined', 'withdrawn', 'cancelled', 'expired');

-- CreateTable
CREATE TABLE "account" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "account_kind" NOT NULL,
    "balance" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,
    "floor" INTEGER,
    "ceiling" INTEGER,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_pkey" PRIMARY KEY ("community_id","id")
);

-- CreateTable
CREATE TABLE "transfer" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "kind" "transfer_kind" NOT NULL,
    "debit_account_id" UUID NOT NULL,
    "credit_account_id" UUID NOT NULL,
    "minutes" INTEGER NOT NULL,
    "debit_version" INTEGER NOT NULL,
    "debit_balance" INTEGER NOT NULL,
    "credit_version" INTEGER NOT NULL,
    "credit_balance" INTEGER NOT NULL,
    "exchange_id" UUID,
    "reverses_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transfer_pkey" PRIMARY KEY ("community_id","id")
);

-- CreateTable
CREATE TABLE "hold" (
    "community_id" UUID NOT NULL,
    "exchange_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "minutes" INTEGER NOT NULL,
    "status" "hold_status" NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "hold_pkey" PRIMARY KEY ("community_id","exchange_id")
);

-- CreateTable
CREATE TABLE "community" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "joining" "joining" NOT NULL,
    "granularity" INTEGER NOT NULL,
    "floor" INTEGER NOT NULL,
    "soft_floor" INTEGER NOT NULL,
    "soft_ceiling" INTEGER NOT NULL,
    "welcome_credit" INTEGER NOT NULL,
    "confirmation_days" INTEGER NOT NULL,
    "balances_visible" BOOLEAN NOT NULL,
    "next_member_number" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "community_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "user_id" UUID,
    "role" "member_role" NOT NULL,
    "status" "member_status" NOT NULL,
    "display_name" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "languages" TEXT[],
    "neighbourhood" TEXT NOT NULL,
    "contact" TEXT NOT NULL,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "member_pkey" PRIMARY KEY ("community_id","id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "token_hash" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "created_by_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "max_uses" INTEGER NOT NULL,
    "uses" INTEGER NOT NULL DEFAULT 0,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("community_id","id")
);

-- CreateTable
CREATE TABLE "listing" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "kind" "listing_kind" NOT NULL,
    "status" "listing_status" NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "minutes" INTEGER NOT NULL,
    "places" TEXT[],
    "availability" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "listing_pkey" PRIMARY KEY ("community_id","id")
);

-- CreateTable
CREATE TABLE "exchange" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "giver_id" UUID NOT NULL,
    "receiver_id" UUID NOT NULL,
    "listing_id" UUID,
    "status" "exchange_status" NOT NULL,
    "version" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "minutes" INTEGER NOT NULL,
    "place" TEXT NOT NULL,
    "place_note" TEXT NOT NULL,
    "last_by_id" UUID NOT NULL,
    "agreed_at" TIMESTAMPTZ(3),
    "reported_minutes" INTEGER,
    "reported_at" TIMESTAMPTZ(3),
    "reminded_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "reversed_at" TIMESTAMPTZ(3),
    "due_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exchange_pkey" PRIMARY KEY ("community_id","id")
);

-- CreateTable
CREATE TABLE "exchange_event" (
    "community_id" UUID NOT NULL,
    "exchange_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "member_id" UUID,
    "kind" TEXT NOT NULL,
    "minutes" INTEGER,
    "starts_at" TIMESTAMPTZ(3),
    "reason" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "exchange_event_pkey" PRIMARY KEY ("community_id","exchange_id","version")
);

-- CreateTable
CREATE TABLE "exchange_note" (
    "community_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "exchange_id" UUID NOT NULL,
    "member_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exchange_note_pkey" PRIMARY KEY ("community_id","id")
);

-- CreateTable
CREATE TABLE "installation" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "setup_token_hash" TEXT,
    "claimed_at" TIMESTAMPTZ(3),

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT,
    "name" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "identity" (
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" UUID NOT NULL,

    CONSTRAINT "identity_pkey" PRIMARY KEY ("issuer","subject")
);

-- CreateTable
CREATE TABLE "sign_in_link" (
    "token_hash" TEXT NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "mail" (
    "id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" VARCHAR(255) NOT NULL,
    "points" INTEGER NOT NULL DEFAULT 0,
    "expire" TIMESTAMPTZ(3),

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "transfer_community_id_exchange_id_key" ON "transfer"("community_id", "exchange_id");

-- CreateIndex
CREATE UNIQUE INDEX "transfer_community_id_reverses_id_key" ON "transfer"("community_id", "reverses_id");

-- CreateIndex
CREATE UNIQUE INDEX "transfer_community_id_debit_account_id_debit_version_key" ON "transfer"("community_id", "debit_account_id", "debit_version");

-- CreateIndex
CREATE UNIQUE INDEX "transfer_community_id_credit_account_id_credit_version_key" ON "transfer"("community_id", "credit_account_id", "credit_version");

-- CreateIndex
CREATE INDEX "hold_community_id_account_id_status_idx" ON "hold"("community_id", "account_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "community_slug_key" ON "community"("slug");

-- CreateIndex
CREATE INDEX "member_user_id_idx" ON "member"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "member_community_id_number_key" ON "member"("community_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "member_community_id_user_id_key" ON "member"("community_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_community_id_token_hash_key" ON "invitation"("community_id", "token_hash");

-- CreateIndex
CREATE INDEX "listing_community_id_status_created_at_idx" ON "listing"("community_id", "status", "created_at");

-- CreateIndex
CREATE INDEX "listing_community_id_member_id_idx" ON "listing"("community_id", "member_id");

-- CreateIndex
CREATE INDEX "exchange_community_id_giver_id_status_idx" ON "exchange"("community_id", "giver_id", "status");

-- CreateIndex
CREATE INDEX "exchange_community_id_receiver_id_status_idx" ON "exchange"("community_id", "receiver_id", "status");

-- CreateIndex
CREATE INDEX "exchange_community_id_listing_id_idx" ON "exchange"("community_id", "listing_id");

-- CreateIndex
CREATE INDEX "exchange_community_id_status_idx" ON "exchange"("community_id", "status");

-- CreateIndex
CREATE INDEX "exchange_note_community_id_exchange_id_created_at_idx" ON "exchange_note"("community_id", "exchange_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "identity_user_id_idx" ON "identity"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_link_user_id_idx" ON "sign_in_link"("user_id");

-- CreateIndex
CREATE INDEX "mail_created_at_idx" ON "mail"("created_at");

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_community_id_debit_account_id_fkey" FOREIGN KEY ("community_id", "debit_account_id") REFERENCES "account"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_community_id_credit_account_id_fkey" FOREIGN KEY ("community_id", "credit_account_id") REFERENCES "account"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_community_id_exchange_id_fkey" FOREIGN KEY ("community_id", "exchange_id") REFERENCES "exchange"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer" ADD CONSTRAINT "transfer_community_id_reverses_id_fkey" FOREIGN KEY ("community_id", "reverses_id") REFERENCES "transfer"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hold" ADD CONSTRAINT "hold_community_id_account_id_fkey" FOREIGN KEY ("community_id", "account_id") REFERENCES "account"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "hold" ADD CONSTRAINT "hold_community_id_exchange_id_fkey" FOREIGN KEY ("community_id", "exchange_id") REFERENCES "exchange"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_community_id_id_fkey" FOREIGN KEY ("community_id", "id") REFERENCES "account"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_community_id_fkey" FOREIGN KEY ("community_id") REFERENCES "community"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitation" ADD CONSTRAINT "invitation_community_id_created_by_id_fkey" FOREIGN KEY ("community_id", "created_by_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "listing" ADD CONSTRAINT "listing_community_id_member_id_fkey" FOREIGN KEY ("community_id", "member_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_community_id_giver_id_fkey" FOREIGN KEY ("community_id", "giver_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_community_id_receiver_id_fkey" FOREIGN KEY ("community_id", "receiver_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exchange" ADD CONSTRAINT "exchange_community_id_listing_id_fkey" FOREIGN KEY ("community_id", "listing_id") REFERENCES "listing"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exchange_event" ADD CONSTRAINT "exchange_event_community_id_exchange_id_fkey" FOREIGN KEY ("community_id", "exchange_id") REFERENCES "exchange"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exchange_note" ADD CONSTRAINT "exchange_note_community_id_exchange_id_fkey" FOREIGN KEY ("community_id", "exchange_id") REFERENCES "exchange"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "exchange_note" ADD CONSTRAINT "exchange_note_community_id_member_id_fkey" FOREIGN KEY ("community_id", "member_id") REFERENCES "member"("community_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "identity" ADD CONSTRAINT "identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_in_link" ADD CONSTRAINT "sign_in_link_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
