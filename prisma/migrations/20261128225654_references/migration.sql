-- AlterTable
ALTER TABLE "app" ADD COLUMN     "reference" TEXT NOT NULL DEFAULT gen_random_uuid();

-- AlterTable
ALTER TABLE "tenant" ADD COLUMN     "reference" TEXT NOT NULL DEFAULT gen_random_uuid();

-- What is there already gets the slug of its name, as a new one would by default; where several would get the same, or the name
-- has no letter or digit to make one of, the row's own ID keeps it unique.
WITH slugged AS (
  SELECT "id", trim(BOTH '-' FROM left(trim(BOTH '-' FROM lower(regexp_replace("name", '[^a-zA-Z0-9]+', '-', 'g'))), 60)) AS "slug" FROM "tenant"
), counted AS (SELECT *, count(*) OVER (PARTITION BY "slug") AS "same" FROM slugged)
UPDATE "tenant" SET "reference" = CASE WHEN "slug" = '' OR "same" > 1 THEN "tenant"."id"::text ELSE "slug" END
  FROM counted WHERE counted."id" = "tenant"."id";

WITH slugged AS (
  SELECT "id", "tenant_id", trim(BOTH '-' FROM left(trim(BOTH '-' FROM lower(regexp_replace("name", '[^a-zA-Z0-9]+', '-', 'g'))), 60)) AS "slug" FROM "app"
), counted AS (SELECT *, count(*) OVER (PARTITION BY "tenant_id", "slug") AS "same" FROM slugged)
UPDATE "app" SET "reference" = CASE WHEN "slug" = '' OR "same" > 1 THEN "app"."id"::text ELSE "slug" END
  FROM counted WHERE counted."id" = "app"."id";

-- CreateIndex
CREATE UNIQUE INDEX "app_tenant_id_reference_key" ON "app"("tenant_id", "reference");

-- CreateIndex
CREATE UNIQUE INDEX "tenant_reference_key" ON "tenant"("reference");
