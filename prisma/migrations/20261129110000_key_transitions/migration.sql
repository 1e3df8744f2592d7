-- What was called a move is a key transition. Only names change; the queued jobs keep theirs (lib/db/job-names.ts).
ALTER TYPE "move_kind" RENAME TO "key_transition_kind";
ALTER TYPE "move_phase" RENAME TO "key_transition_phase";
ALTER TABLE "move" RENAME TO "key_transition";
ALTER TABLE "move_app" RENAME TO "key_transition_app";
ALTER TABLE "key_transition_app" RENAME COLUMN "move_id" TO "transition_id";
ALTER TABLE "data_key_failure" RENAME COLUMN "move_id" TO "transition_id";

ALTER TABLE "key_transition" RENAME CONSTRAINT "move_pkey" TO "key_transition_pkey";
ALTER TABLE "key_transition" RENAME CONSTRAINT "move_tenant_id_fkey" TO "key_transition_tenant_id_fkey";
ALTER TABLE "key_transition" RENAME CONSTRAINT "move_key_id_fkey" TO "key_transition_key_id_fkey";
ALTER TABLE "key_transition" RENAME CONSTRAINT "move_configuration_id_fkey" TO "key_transition_configuration_id_fkey";
ALTER TABLE "key_transition" RENAME CONSTRAINT "move_version_id_fkey" TO "key_transition_version_id_fkey";
ALTER TABLE "key_transition_app" RENAME CONSTRAINT "move_app_pkey" TO "key_transition_app_pkey";
ALTER TABLE "key_transition_app" RENAME CONSTRAINT "move_app_move_id_fkey" TO "key_transition_app_transition_id_fkey";
ALTER TABLE "key_transition_app" RENAME CONSTRAINT "move_app_app_id_fkey" TO "key_transition_app_app_id_fkey";
ALTER TABLE "data_key_failure" RENAME CONSTRAINT "data_key_failure_move_id_fkey" TO "data_key_failure_transition_id_fkey";

ALTER INDEX "move_key_id_idx" RENAME TO "key_transition_key_id_idx";
ALTER INDEX "move_finished_at_due_at_idx" RENAME TO "key_transition_finished_at_due_at_idx";
ALTER INDEX "move_app_app_id_idx" RENAME TO "key_transition_app_app_id_idx";
ALTER INDEX "data_key_failure_move_id_idx" RENAME TO "data_key_failure_transition_id_idx";
ALTER INDEX "move_one_open" RENAME TO "key_transition_one_open";
