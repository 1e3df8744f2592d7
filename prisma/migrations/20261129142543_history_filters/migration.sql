-- CreateIndex
CREATE INDEX "audit_event_tenant_id_actor_at_id_idx" ON "audit_event"("tenant_id", "actor", "at", "id");

-- CreateIndex
CREATE INDEX "audit_event_tenant_id_target_at_id_idx" ON "audit_event"("tenant_id", "target", "at", "id");

-- Who has done what at the vendor's, as audit_event_vendor has all of it.
CREATE INDEX "audit_event_vendor_actor" ON "audit_event" ("actor", "at", "id") WHERE "tenant_id" IS NULL OR "actor_role" IN ('operator', 'support') OR "actor" = 'command line';
-- What concerns an app and has another target: its key, or one of its data keys.
CREATE INDEX "audit_event_app" ON "audit_event" ("tenant_id", ("after"->>'appId'), "at", "id") WHERE "after"->>'appId' IS NOT NULL;
-- What a minute's refusals were tried on.
CREATE INDEX "audit_event_repeated" ON "audit_event" USING gin (("after"->'repeated'->'targets') jsonb_path_ops) WHERE "after"->'repeated'->'targets' IS NOT NULL;
