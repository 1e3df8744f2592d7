-- Whoever inserts a configuration says how its key is reached: nothing is AWS by default.
ALTER TABLE "key_configuration" ALTER COLUMN "provider" DROP DEFAULT,
ALTER COLUMN "auth_mode" DROP DEFAULT;
