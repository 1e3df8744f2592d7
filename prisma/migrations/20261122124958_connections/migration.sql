-- CreateEnum
CREATE TYPE "key_creation_state" AS ENUM ('intended', 'created', 'adopted', 'left-over', 'over');

-- AlterTable
ALTER TABLE "enterprise_key" ADD COLUMN     "tags" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "key_configuration" ADD COLUMN     "access_key_id" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "checklist" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "creates_key" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "data_key_pair" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "policy_shape" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "secret_id" UUID;

-- AlterTable
ALTER TABLE "key_version" ADD COLUMN     "access_key_id" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "alias_drift_at" TIMESTAMPTZ(3),
ADD COLUMN     "alias_key_arn" TEXT,
ADD COLUMN     "alias_seen_at" TIMESTAMPTZ(3),
ADD COLUMN     "facts" JSONB,
ADD COLUMN     "generates" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "secret_id" UUID;

-- AlterTable
ALTER TABLE "tenant" ADD COLUMN     "irreversible_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "test_report" ADD COLUMN     "facts" JSONB;

-- CreateTable
CREATE TABLE "access_key_secret" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "wrapped" BYTEA NOT NULL,
    "wrapping_key_id" TEXT NOT NULL,
    "envelope" BYTEA NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_key_secret_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "key_creation" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "key_id" UUID,
    "state" "key_creation_state" NOT NULL DEFAULT 'intended',
    "region" TEXT NOT NULL,
    "account_id" TEXT NOT NULL DEFAULT '',
    "key_arn" TEXT,
    "detail" TEXT NOT NULL DEFAULT '',
    "requested_by" TEXT NOT NULL,
    "aws_request_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_creation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "access_key_secret_tenant_id_idx" ON "access_key_secret"("tenant_id");

-- CreateIndex
CREATE INDEX "key_creation_tenant_id_state_idx" ON "key_creation"("tenant_id", "state");

-- CreateIndex
CREATE INDEX "key_creation_key_id_idx" ON "key_creation"("key_id");

-- CreateIndex
CREATE INDEX "key_configuration_secret_id_idx" ON "key_configuration"("secret_id");

-- CreateIndex
CREATE INDEX "key_version_secret_id_idx" ON "key_version"("secret_id");

-- AddForeignKey
ALTER TABLE "key_configuration" ADD CONSTRAINT "key_configuration_secret_id_fkey" FOREIGN KEY ("secret_id") REFERENCES "access_key_secret"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "access_key_secret" ADD CONSTRAINT "access_key_secret_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_creation" ADD CONSTRAINT "key_creation_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_creation" ADD CONSTRAINT "key_creation_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "enterprise_key"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_version" ADD CONSTRAINT "key_version_secret_id_fkey" FOREIGN KEY ("secret_id") REFERENCES "access_key_secret"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
