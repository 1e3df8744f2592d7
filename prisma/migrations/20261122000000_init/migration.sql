-- CreateEnum
CREATE TYPE "role" AS ENUM ('admin', 'viewer', 'support', 'operator');

-- CreateEnum
CREATE TYPE "app_kind" AS ENUM ('app', 'bot');

-- CreateEnum
CREATE TYPE "key_state" AS ENUM ('draft', 'scheduled', 'active', 'rotating', 'reverting', 'reverted');

-- CreateEnum
CREATE TYPE "configuration_standing" AS ENUM ('working', 'scheduled', 'superseded');

-- CreateEnum
CREATE TYPE "health" AS ENUM ('not-yet-checked', 'healthy', 'degraded', 'outage', 'revoked');

-- CreateEnum
CREATE TYPE "data_key_state" AS ENUM ('current', 'old');

-- CreateEnum
CREATE TYPE "record_kind" AS ENUM ('message', 'authorization-profile');

-- CreateEnum
CREATE TYPE "activation_phase" AS ENUM ('testing', 'switching', 'rewrapping', 'reencrypting', 'done');

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "demo" BOOLEAN NOT NULL DEFAULT false,
    "platform_key_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "home_region" TEXT NOT NULL,
    "region_policy" TEXT NOT NULL DEFAULT 'refuse',
    "external_id" TEXT NOT NULL,
    "cache_ttl_seconds" INTEGER NOT NULL DEFAULT 300,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "password_hash" TEXT NOT NULL,
    "must_change_password" BOOLEAN NOT NULL DEFAULT false,
    "role" "role" NOT NULL,
    "tenant_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id_hash" BYTEA NOT NULL,
    "user_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "app" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" "app_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "key_version_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "enterprise_key" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "state" "key_state" NOT NULL DEFAULT 'draft',
    "alias" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "changed_by" TEXT NOT NULL,
    "current_version_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "enterprise_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_configuration" (
    "id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "standing" "configuration_standing" NOT NULL DEFAULT 'working',
    "provider" TEXT NOT NULL DEFAULT 'aws',
    "auth_mode" TEXT NOT NULL DEFAULT 'assume-role',
    "region" TEXT NOT NULL DEFAULT '',
    "account_id" TEXT NOT NULL DEFAULT '',
    "role_name" TEXT NOT NULL DEFAULT '',
    "role_arn" TEXT NOT NULL DEFAULT '',
    "key_arn" TEXT NOT NULL DEFAULT '',
    "enforcement_choice" TEXT NOT NULL DEFAULT '',
    "enforcement_at" TIMESTAMPTZ(3),
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "saved_step" TEXT NOT NULL DEFAULT 'provider',
    "acknowledged" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "scheduled_at" TIMESTAMPTZ(3),
    "scheduled_by" TEXT,

    CONSTRAINT "key_configuration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "configuration_app" (
    "configuration_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,

    CONSTRAINT "configuration_app_pkey" PRIMARY KEY ("configuration_id","app_id")
);

-- CreateTable
CREATE TABLE "test_report" (
    "id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "passed" BOOLEAN NOT NULL,
    "checks" JSON NOT NULL,
    "warnings" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "pinned_key_arn" TEXT,
    "by_email" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "test_report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_version" (
    "id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "provider" TEXT NOT NULL,
    "auth_mode" TEXT NOT NULL,
    "region" TEXT NOT NULL,
    "role_arn" TEXT NOT NULL,
    "external_id" TEXT NOT NULL,
    "key_arn" TEXT NOT NULL,
    "pinned_key_arn" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL DEFAULT 1,
    "health" "health" NOT NULL DEFAULT 'not-yet-checked',
    "health_cause" TEXT,
    "health_since" TIMESTAMPTZ(3),
    "health_at" TIMESTAMPTZ(3),
    "health_request" TEXT,
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "key_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "data_key" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,
    "state" "data_key_state" NOT NULL DEFAULT 'current',
    "key_version_id" UUID,
    "wrapped" BYTEA NOT NULL,
    "wrapping_key_id" TEXT NOT NULL,
    "check_value" BYTEA NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "issued_outside_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "app_record" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,
    "kind" "record_kind" NOT NULL,
    "name" TEXT NOT NULL DEFAULT '',
    "data_key_id" UUID NOT NULL,
    "envelope" BYTEA NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "app_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "activation" (
    "id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "configuration_id" UUID NOT NULL,
    "version_id" UUID,
    "phase" "activation_phase" NOT NULL DEFAULT 'testing',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure_code" TEXT,
    "failure_detail" TEXT,
    "next_try_at" TIMESTAMPTZ(3),
    "records_total" INTEGER,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "activation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_token" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "hash" BYTEA NOT NULL,
    "actions" TEXT[],
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_event" (
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "tenant_id" UUID,
    "actor" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "code" TEXT,
    "target" TEXT,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT NOT NULL,
    "aws_request_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],

    CONSTRAINT "audit_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker_heartbeat" (
    "id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,
    "version" TEXT NOT NULL,

    CONSTRAINT "worker_heartbeat_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "points" INTEGER NOT NULL,
    "expire" TIMESTAMP(3),

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "tenant_name_key" ON "tenant"("name");

-- CreateIndex
CREATE UNIQUE INDEX "tenant_external_id_key" ON "tenant"("external_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE INDEX "user_tenant_id_idx" ON "user"("tenant_id");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "app_key_version_id_idx" ON "app"("key_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "app_tenant_id_name_key" ON "app"("tenant_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "app_id_tenant_id_key" ON "app"("id", "tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "enterprise_key_current_version_id_key" ON "enterprise_key"("current_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "enterprise_key_tenant_id_alias_key" ON "enterprise_key"("tenant_id", "alias");

-- CreateIndex
CREATE INDEX "key_configuration_key_id_standing_idx" ON "key_configuration"("key_id", "standing");

-- CreateIndex
CREATE INDEX "configuration_app_app_id_idx" ON "configuration_app"("app_id");

-- CreateIndex
CREATE INDEX "test_report_key_id_finished_at_idx" ON "test_report"("key_id", "finished_at");

-- CreateIndex
CREATE INDEX "key_version_tenant_id_idx" ON "key_version"("tenant_id");

-- CreateIndex
CREATE UNIQUE INDEX "key_version_key_id_number_key" ON "key_version"("key_id", "number");

-- CreateIndex
CREATE INDEX "data_key_app_id_idx" ON "data_key"("app_id");

-- CreateIndex
CREATE INDEX "data_key_key_version_id_idx" ON "data_key"("key_version_id");

-- CreateIndex
CREATE UNIQUE INDEX "data_key_id_app_id_key" ON "data_key"("id", "app_id");

-- CreateIndex
CREATE INDEX "app_record_data_key_id_idx" ON "app_record"("data_key_id");

-- CreateIndex
CREATE INDEX "app_record_app_id_created_at_idx" ON "app_record"("app_id", "created_at");

-- CreateIndex
CREATE INDEX "activation_key_id_idx" ON "activation"("key_id");

-- CreateIndex
CREATE INDEX "activation_finished_at_due_at_idx" ON "activation"("finished_at", "due_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_token_hash_key" ON "api_token"("hash");

-- CreateIndex
CREATE INDEX "api_token_tenant_id_idx" ON "api_token"("tenant_id");

-- CreateIndex
CREATE INDEX "audit_event_tenant_id_at_idx" ON "audit_event"("tenant_id", "at");

-- AddForeignKey
ALTER TABLE "user" ADD CONSTRAINT "user_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app" ADD CONSTRAINT "app_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app" ADD CONSTRAINT "app_key_version_id_fkey" FOREIGN KEY ("key_version_id") REFERENCES "key_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enterprise_key" ADD CONSTRAINT "enterprise_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "enterprise_key" ADD CONSTRAINT "enterprise_key_current_version_id_fkey" FOREIGN KEY ("current_version_id") REFERENCES "key_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_configuration" ADD CONSTRAINT "key_configuration_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "enterprise_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "configuration_app" ADD CONSTRAINT "configuration_app_configuration_id_fkey" FOREIGN KEY ("configuration_id") REFERENCES "key_configuration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "configuration_app" ADD CONSTRAINT "configuration_app_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "app"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "test_report" ADD CONSTRAINT "test_report_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "enterprise_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_version" ADD CONSTRAINT "key_version_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "enterprise_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_key" ADD CONSTRAINT "data_key_app_id_tenant_id_fkey" FOREIGN KEY ("app_id", "tenant_id") REFERENCES "app"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_key" ADD CONSTRAINT "data_key_key_version_id_fkey" FOREIGN KEY ("key_version_id") REFERENCES "key_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_record" ADD CONSTRAINT "app_record_app_id_tenant_id_fkey" FOREIGN KEY ("app_id", "tenant_id") REFERENCES "app"("id", "tenant_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "app_record" ADD CONSTRAINT "app_record_data_key_id_app_id_fkey" FOREIGN KEY ("data_key_id", "app_id") REFERENCES "data_key"("id", "app_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activation" ADD CONSTRAINT "activation_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "enterprise_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activation" ADD CONSTRAINT "activation_configuration_id_fkey" FOREIGN KEY ("configuration_id") REFERENCES "key_configuration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "activation" ADD CONSTRAINT "activation_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "key_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_token" ADD CONSTRAINT "api_token_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema language cannot say.

-- One current data key per app: of two processes that make one at the same moment, one wins.
CREATE UNIQUE INDEX "data_key_one_current" ON "data_key" ("app_id") WHERE "state" = 'current';
-- At most one working copy and one scheduled configuration per key.
CREATE UNIQUE INDEX "key_configuration_one_standing" ON "key_configuration" ("key_id", "standing") WHERE "standing" IN ('working', 'scheduled');
-- Tenant roles have a tenant, the vendor's have none.
ALTER TABLE "user" ADD CONSTRAINT "user_role_tenant" CHECK (("role" IN ('admin', 'viewer')) = ("tenant_id" IS NOT NULL));
ALTER TABLE "tenant" ADD CONSTRAINT "tenant_cache_ttl" CHECK ("cache_ttl_seconds" BETWEEN 0 AND 3600);
ALTER TABLE "data_key" ADD CONSTRAINT "data_key_check_value" CHECK (octet_length("check_value") = 32);
ALTER TABLE "installation" ADD CONSTRAINT "installation_one_row" CHECK ("id" = 1);
