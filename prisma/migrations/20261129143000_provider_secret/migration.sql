-- A stored secret is a provider's, whichever: only names change. What its envelope is bound to keeps the old one (lib/keyring/secrets.ts).
ALTER TABLE "access_key_secret" RENAME TO "provider_secret";
ALTER TABLE "provider_secret" RENAME CONSTRAINT "access_key_secret_pkey" TO "provider_secret_pkey";
ALTER TABLE "provider_secret" RENAME CONSTRAINT "access_key_secret_tenant_id_fkey" TO "provider_secret_tenant_id_fkey";
ALTER INDEX "access_key_secret_tenant_id_idx" RENAME TO "provider_secret_tenant_id_idx";
