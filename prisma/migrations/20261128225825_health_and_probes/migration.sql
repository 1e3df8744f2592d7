-- AlterTable
ALTER TABLE "key_version" ADD COLUMN     "health_failure" TEXT,
ADD COLUMN     "key_deleted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "key_probe" (
    "key_id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "key_probe_pkey" PRIMARY KEY ("key_id")
);

-- AddForeignKey
ALTER TABLE "key_probe" ADD CONSTRAINT "key_probe_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "enterprise_key"("id") ON DELETE CASCADE ON UPDATE CASCADE;
