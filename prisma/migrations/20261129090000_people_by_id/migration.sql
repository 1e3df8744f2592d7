-- Who did something is stored by the person's ID, and named where it is shown. What was stored by address is carried over where the
-- address is an account's; of an account that is no more the address stays.
ALTER TABLE "test_report" RENAME COLUMN "by_email" TO "tested_by";

UPDATE "enterprise_key" x SET "changed_by" = 'person:' || u."id" FROM "user" u WHERE x."changed_by" = u."email";
UPDATE "key_configuration" x SET "scheduled_by" = 'person:' || u."id" FROM "user" u WHERE x."scheduled_by" = u."email";
UPDATE "access_key_secret" x SET "created_by" = 'person:' || u."id" FROM "user" u WHERE x."created_by" = u."email";
UPDATE "key_creation" x SET "requested_by" = 'person:' || u."id" FROM "user" u WHERE x."requested_by" = u."email";
UPDATE "test_report" x SET "tested_by" = 'person:' || u."id" FROM "user" u WHERE x."tested_by" = u."email";
UPDATE "key_version" x SET "made_by" = 'person:' || u."id" FROM "user" u WHERE x."made_by" = u."email";
UPDATE "move" x SET "requested_by" = 'person:' || u."id" FROM "user" u WHERE x."requested_by" = u."email";
UPDATE "move" x SET "paused_by" = 'person:' || u."id" FROM "user" u WHERE x."paused_by" = u."email";
UPDATE "api_token" x SET "created_by" = 'person:' || u."id" FROM "user" u WHERE x."created_by" = u."email";
UPDATE "api_token" x SET "revoked_by" = 'person:' || u."id" FROM "user" u WHERE x."revoked_by" = u."email";
UPDATE "refusal_count" x SET "actor" = 'person:' || u."id" FROM "user" u WHERE x."actor" = u."email";

-- This once: from now on no event is ever changed.
UPDATE "audit_event" x SET "actor" = 'person:' || u."id" FROM "user" u WHERE x."actor" = u."email";
UPDATE "audit_event" x SET "target" = 'person:' || u."id" FROM "user" u
 WHERE x."operation" IN ('change-password', 'create-operator') AND x."target" = u."email";
UPDATE "audit_event" x SET "after" = jsonb_set(x."after"::jsonb, '{email}', to_jsonb('person:' || u."id"))
  FROM "user" u WHERE x."operation" = 'create-person' AND x."after" ->> 'email' = u."email";

UPDATE "audit_event" x SET "after" = jsonb_set(x."after"::jsonb, '{requestedBy}', to_jsonb('person:' || u."id"))
  FROM "user" u WHERE x."operation" = 'customer-key-left-over' AND x."after" ->> 'requestedBy' = u."email";

-- What was verified of the set-up, by step, and who chose how wide the policy is.
UPDATE "key_configuration" c SET "checklist" = (
  SELECT jsonb_object_agg(part."key",
           CASE WHEN jsonb_typeof(part."value") <> 'object' THEN part."value"
                ELSE part."value"
                  || COALESCE((SELECT jsonb_build_object('by', 'person:' || u."id") FROM "user" u WHERE u."email" = part."value" ->> 'by'), '{}')
                  || COALESCE((SELECT jsonb_build_object('narrowed', (part."value" -> 'narrowed') || jsonb_build_object('by', 'person:' || u."id"))
                                 FROM "user" u WHERE u."email" = part."value" -> 'narrowed' ->> 'by'), '{}')
           END)
    FROM jsonb_each(c."checklist") part)
 WHERE jsonb_typeof(c."checklist") = 'object' AND c."checklist" <> '{}';
