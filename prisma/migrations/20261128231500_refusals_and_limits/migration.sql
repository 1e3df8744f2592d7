-- CreateTable
CREATE TABLE "refusal_count" (
    "kind" TEXT NOT NULL,
    "tenant_id" UUID,
    "actor" TEXT NOT NULL,
    "actor_role" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "repeats" INTEGER NOT NULL DEFAULT 0,
    "first_at" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "targets" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "request_id" TEXT NOT NULL,

    CONSTRAINT "refusal_count_pkey" PRIMARY KEY ("kind")
);

-- CreateTable
CREATE TABLE "tenant_use" (
    "tenant_id" UUID NOT NULL,
    "operation" TEXT NOT NULL,
    "place" INTEGER NOT NULL,
    "use_id" UUID NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tenant_use_pkey" PRIMARY KEY ("tenant_id","operation","place")
);

-- CreateIndex
CREATE INDEX "refusal_count_ends_at_idx" ON "refusal_count"("ends_at");

-- Whoever inserts an event chooses neither its ID nor its time. A trigger, not a privilege on columns: processes of the version
-- before, which name both, go on.
CREATE FUNCTION "audit_event_stamp"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW."id" := gen_random_uuid();
    NEW."at" := clock_timestamp();
    RETURN NEW;
END
$$;

CREATE TRIGGER "audit_event_stamp" BEFORE INSERT ON "audit_event" FOR EACH ROW EXECUTE FUNCTION "audit_event_stamp"();
