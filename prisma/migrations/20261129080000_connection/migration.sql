-- What is entered, and what we connect with, become one column each, in the provider's own words; what is queried keeps a column
-- of its own under a name that every provider understands. Processes of the version before have to be stopped first.

-- CreateTable
CREATE TABLE "provider" (
    "id" TEXT NOT NULL,

    CONSTRAINT "provider_pkey" PRIMARY KEY ("id")
);

-- `migrate` adds the others, and this one again. A row of a provider that nobody knows is kept, and refused where it is read.
INSERT INTO "provider" ("id")
SELECT 'aws' UNION SELECT "provider" FROM "key_configuration" UNION SELECT "provider" FROM "key_version";

-- Drafts: what was typed.
ALTER TABLE "key_configuration" ADD COLUMN "entered" JSONB;

UPDATE "key_configuration" SET "entered" = jsonb_strip_nulls(jsonb_build_object(
  'region', NULLIF("region", ''),
  'accountId', NULLIF("account_id", ''),
  'roleName', NULLIF("role_name", ''),
  'roleArn', NULLIF("role_arn", ''),
  'accessKeyId', NULLIF("access_key_id", ''),
  'keyArn', NULLIF("key_arn", ''),
  'createsKey', "creates_key",
  'dataKeyPair', "data_key_pair",
  'policyShape', "policy_shape"));

-- Versions: what we connect with. Whether the test asked for a data key pair was not kept of a version: of one in force it is what
-- stands, and no other one is ever tested again.
ALTER TABLE "key_version" ADD COLUMN "connection" JSONB,
ADD COLUMN "connection_version" INTEGER,
ADD COLUMN "key_ref_is_alias" BOOLEAN;

UPDATE "key_version" v SET
  "connection" = jsonb_build_object(
    'provider', v."provider",
    'auth', jsonb_build_object('mode', v."auth_mode") ||
      CASE v."auth_mode" WHEN 'access-key' THEN jsonb_build_object('accessKeyId', v."access_key_id")
                         ELSE jsonb_build_object('roleArn', v."role_arn") END,
    'key', jsonb_build_object('region', v."region", 'keyArn', v."key_arn"),
    'dataKeyPair', COALESCE((SELECT c."data_key_pair" FROM "key_configuration" c JOIN "enterprise_key" k ON k."id" = c."key_id"
                              WHERE k."current_version_id" = v."id" AND c."standing" = 'scheduled'), false)),
  "connection_version" = 1,
  "key_ref_is_alias" = v."key_arn" LIKE '%:alias/%';

-- AlterTable
ALTER TABLE "key_configuration" ALTER COLUMN "entered" SET NOT NULL,
ALTER COLUMN "provider" DROP DEFAULT,
ALTER COLUMN "auth_mode" DROP DEFAULT,
DROP COLUMN "region",
DROP COLUMN "account_id",
DROP COLUMN "role_name",
DROP COLUMN "role_arn",
DROP COLUMN "creates_key",
DROP COLUMN "access_key_id",
DROP COLUMN "data_key_pair",
DROP COLUMN "policy_shape";
ALTER TABLE "key_configuration" RENAME COLUMN "key_arn" TO "key_ref";

-- AlterTable
ALTER TABLE "key_version" ALTER COLUMN "connection" SET NOT NULL,
ALTER COLUMN "connection_version" SET NOT NULL,
ALTER COLUMN "key_ref_is_alias" SET NOT NULL,
DROP COLUMN "role_arn",
DROP COLUMN "access_key_id";
ALTER TABLE "key_version" RENAME COLUMN "region" TO "location";
ALTER TABLE "key_version" RENAME COLUMN "key_arn" TO "key_ref";
ALTER TABLE "key_version" RENAME COLUMN "pinned_key_arn" TO "pinned_key_ref";
ALTER TABLE "key_version" RENAME COLUMN "alias_key_arn" TO "alias_key_ref";

-- AlterTable
ALTER TABLE "key_creation" ADD COLUMN "provider" TEXT;
UPDATE "key_creation" SET "provider" = 'aws';
ALTER TABLE "key_creation" ALTER COLUMN "provider" SET NOT NULL;
ALTER TABLE "key_creation" RENAME COLUMN "region" TO "location";
ALTER TABLE "key_creation" RENAME COLUMN "account_id" TO "external_account";
ALTER TABLE "key_creation" RENAME COLUMN "key_arn" TO "key_ref";
ALTER TABLE "key_creation" RENAME COLUMN "aws_request_ids" TO "provider_request_ids";

-- AlterTable
ALTER TABLE "test_report" RENAME COLUMN "pinned_key_arn" TO "pinned_key_ref";

-- AlterTable
ALTER TABLE "data_key_failure" RENAME COLUMN "aws_request_ids" TO "provider_request_ids";

-- AlterTable
ALTER TABLE "audit_event" RENAME COLUMN "aws_request_ids" TO "provider_request_ids";

-- The same name within what is stored as JSON: the checks of a report (whose order has to stay), and the rows of a checklist, which
-- are text of their own. Between quotes and before a colon it cannot be anything else: within a text the quotes are escaped.
UPDATE "test_report" SET "checks" = regexp_replace("checks"::text, '"awsRequestIds"(\s*:)', '"providerRequestIds"\1', 'g')::json
 WHERE "checks"::text LIKE '%"awsRequestIds"%';
UPDATE "key_configuration" SET "checklist" = replace("checklist"::text, '\"awsRequestIds\":', '\"providerRequestIds\":')::jsonb
 WHERE "checklist"::text LIKE '%awsRequestIds%';

-- AddForeignKey
ALTER TABLE "key_configuration" ADD CONSTRAINT "key_configuration_provider_fkey" FOREIGN KEY ("provider") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_creation" ADD CONSTRAINT "key_creation_provider_fkey" FOREIGN KEY ("provider") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "key_version" ADD CONSTRAINT "key_version_provider_fkey" FOREIGN KEY ("provider") REFERENCES "provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The columns and what is stored say the same; Prisma has no word for it.
ALTER TABLE "key_version" ADD CONSTRAINT "key_version_connection_says_the_same"
  CHECK ("connection" ->> 'provider' = "provider" AND "connection" #>> '{auth,mode}' = "auth_mode");
