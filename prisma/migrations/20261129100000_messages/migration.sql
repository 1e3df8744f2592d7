-- Why something failed becomes a code with arguments, beside the words of what was written before; those are shown as they are.

-- AlterTable
ALTER TABLE "move" ADD COLUMN "failure_message" JSONB;

-- AlterTable
ALTER TABLE "data_key_failure" ADD COLUMN "message" JSONB,
ALTER COLUMN "detail" DROP NOT NULL;

-- AlterTable
ALTER TABLE "key_creation" ADD COLUMN "message" JSONB;
