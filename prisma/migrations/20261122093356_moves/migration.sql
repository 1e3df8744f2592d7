-- CreateEnum
CREATE TYPE "move_kind" AS ENUM ('activate', 'rotate', 'select-apps', 'revert', 'rekey');

-- CreateEnum
CREATE TYPE "move_phase" AS ENUM ('testing', 'switching', 'rewrapping', 'reencrypting', 'done');

-- DropForeignKey
ALTER TABLE "activation" DROP CONSTRAINT "activation_configuration_id_fkey";

-- DropForeignKey
ALTER TABLE "activation" DROP CONSTRAINT "activation_key_id_fkey";

-- DropForeignKey
ALTER TABLE "activation" DROP CONSTRAINT "activation_version_id_fkey";

-- AlterTable
ALTER TABLE "data_key" ADD COLUMN     "messages" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "enterprise_key" ADD COLUMN     "change_made" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "irreversible_at" TIMESTAMPTZ(3),
ADD COLUMN     "reverted_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "key_version" ADD COLUMN     "made_by" TEXT NOT NULL DEFAULT 'Keyward';

-- CreateTable
CREATE TABLE "move" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "key_id" UUID,
    "kind" "move_kind" NOT NULL DEFAULT 'activate',
    "configuration_id" UUID,
    "version_id" UUID,
    "requested_by" TEXT NOT NULL DEFAULT 'Keyward',
    "cause" TEXT NOT NULL DEFAULT 'request',
    "phase" "move_phase" NOT NULL DEFAULT 'testing',
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "failure_code" TEXT,
    "failure_detail" TEXT,
    "next_try_at" TIMESTAMPTZ(3),
    "tried_at" TIMESTAMPTZ(3),
    "paused_at" TIMESTAMPTZ(3),
    "paused_by" TEXT,
    "data_keys_total" INTEGER,
    "records_total" INTEGER,
    "records_failed" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "move_app" (
    "move_id" UUID NOT NULL,
    "app_id" UUID NOT NULL,
    "from_data_key_id" UUID,
    "reencrypt" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "move_app_pkey" PRIMARY KEY ("move_id","app_id")
);

-- CreateTable
CREATE TABLE "data_key_failure" (
    "data_key_id" UUID NOT NULL,
    "move_id" UUID NOT NULL,
    "code" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 1,
    "aws_request_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "first_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "data_key_failure_pkey" PRIMARY KEY ("data_key_id")
);

-- CreateIndex
CREATE INDEX "move_key_id_idx" ON "move"("key_id");

-- CreateIndex
CREATE INDEX "move_finished_at_due_at_idx" ON "move"("finished_at", "due_at");

-- CreateIndex
CREATE INDEX "move_app_app_id_idx" ON "move_app"("app_id");

-- CreateIndex
CREATE INDEX "data_key_failure_move_id_idx" ON "data_key_failure"("move_id");

-- AddForeignKey
ALTER TABLE "move" ADD CONSTRAINT "move_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "move" ADD CONSTRAINT "move_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "enterprise_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "move" ADD CONSTRAINT "move_configuration_id_fkey" FOREIGN KEY ("configuration_id") REFERENCES "key_configuration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "move" ADD CONSTRAINT "move_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "key_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "move_app" ADD CONSTRAINT "move_app_move_id_fkey" FOREIGN KEY ("move_id") REFERENCES "move"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "move_app" ADD CONSTRAINT "move_app_app_id_fkey" FOREIGN KEY ("app_id") REFERENCES "app"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_key_failure" ADD CONSTRAINT "data_key_failure_data_key_id_fkey" FOREIGN KEY ("data_key_id") REFERENCES "data_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "data_key_failure" ADD CONSTRAINT "data_key_failure_move_id_fkey" FOREIGN KEY ("move_id") REFERENCES "move"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- At most one move under way per enterprise key; rekeys do not count.
CREATE UNIQUE INDEX "move_one_open" ON "move"("key_id")
  WHERE "finished_at" IS NULL AND "cancelled_at" IS NULL AND "kind" <> 'rekey';

-- Activations are moves. What is under way goes on: the apps belong to the version at once, and each has its fresh data
-- key when it is another one than now.
INSERT INTO "move" ("id", "tenant_id", "key_id", "kind", "configuration_id", "version_id", "requested_by", "cause", "phase", "due_at", "attempts",
                    "failure_code", "failure_detail", "next_try_at", "tried_at", "records_total", "started_at", "finished_at", "cancelled_at", "created_at")
SELECT a."id", k."tenant_id", a."key_id", 'activate', a."configuration_id", a."version_id", coalesce(c."scheduled_by", 'Keyward'), 'date',
       (CASE WHEN a."finished_at" IS NULL AND a."version_id" IS NOT NULL THEN 'switching' ELSE a."phase"::text END)::move_phase, a."due_at", a."attempts",
       a."failure_code", a."failure_detail", a."next_try_at", a."finished_at", a."records_total", a."started_at", a."finished_at", a."cancelled_at", a."created_at"
  FROM "activation" a JOIN "enterprise_key" k ON k."id" = a."key_id" JOIN "key_configuration" c ON c."id" = a."configuration_id";
INSERT INTO "move_app" ("move_id", "app_id", "from_data_key_id", "reencrypt")
SELECT m."id", s."app_id", d."id", true
  FROM "move" m JOIN "configuration_app" s ON s."configuration_id" = m."configuration_id"
  LEFT JOIN "data_key" d ON d."app_id" = s."app_id" AND d."state" = 'current' AND d."key_version_id" IS DISTINCT FROM m."version_id"
 WHERE m."version_id" IS NOT NULL;
UPDATE "app" a SET "key_version_id" = m."version_id"
  FROM "move" m JOIN "move_app" s ON s."move_id" = m."id"
 WHERE s."app_id" = a."id" AND m."finished_at" IS NULL AND m."cancelled_at" IS NULL;

-- DropTable
DROP TABLE "activation";

-- DropEnum
DROP TYPE "activation_phase";

