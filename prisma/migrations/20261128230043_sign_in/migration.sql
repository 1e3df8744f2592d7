-- AlterTable
ALTER TABLE "api_token" ADD COLUMN     "ends_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "user" ADD COLUMN     "password_ends_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "audit_source" (
    "event_id" UUID NOT NULL,
    "source" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_source_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "sign_in_count" (
    "key" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "open_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_count_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "audit_source_at_idx" ON "audit_source"("at");

-- CreateIndex
CREATE INDEX "sign_in_count_ends_at_idx" ON "sign_in_count"("ends_at");

-- CreateIndex
CREATE INDEX "audit_event_tenant_id_operation_at_idx" ON "audit_event"("tenant_id", "operation", "at");

-- CreateIndex
CREATE INDEX "api_token_created_at_id_idx" ON "api_token"("created_at", "id");

-- One-time passwords that exist already end as new ones do.
UPDATE "user" SET "password_ends_at" = now() + interval '24 hours' WHERE "must_change_password";

-- What the schema language cannot say.

-- The vendor's own history (lib/db/audit-store.ts asks with this very condition).
CREATE INDEX "audit_event_vendor" ON "audit_event" ("at", "id") WHERE "tenant_id" IS NULL OR "actor_role" IN ('operator', 'support') OR "actor" = 'command line';
-- Tokens are found by how their name, their tenant's name or they themselves begin.
CREATE INDEX "api_token_name_begins" ON "api_token" (lower("name") text_pattern_ops);
CREATE INDEX "api_token_hint_begins" ON "api_token" (lower("hint") text_pattern_ops);
CREATE INDEX "tenant_name_begins" ON "tenant" (lower("name") text_pattern_ops);
ALTER TABLE "sign_in_count" ADD CONSTRAINT "sign_in_count_failures" CHECK ("failures" >= 0);
