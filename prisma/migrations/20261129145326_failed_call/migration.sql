-- AlterTable
ALTER TABLE "key_version" ADD COLUMN     "health_action" TEXT,
ADD COLUMN     "health_code" TEXT;
