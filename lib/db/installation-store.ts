import 'server-only';
import { db } from './client.ts';

export type InstallationRow = { demo: boolean; platformKeyId: string | null };

/** What this database is; undefined where nobody has marked it yet. */
export async function readInstallation(): Promise<InstallationRow | undefined> {
  const row = await db().installation.findUnique({ where: { id: 1 } });
  return row ? { demo: row.demo, platformKeyId: row.platformKeyId } : undefined;
}

/** Marks the database once. A second call changes nothing that is set already. */
export async function markInstallation(facts: { demo: boolean }): Promise<void> {
  await db().installation.upsert({ where: { id: 1 }, create: { id: 1, demo: facts.demo }, update: {} });
}

/**
 * Remembers which platform key this database was made with, the first time; from then on another key is refused,
 * because nothing that lies under the first one could be opened with it.
 * @returns false where the database was made with another platform key
 */
export async function bindPlatformKey(platformKeyId: string): Promise<boolean> {
  await db().$executeRaw`
    INSERT INTO installation (id, demo, platform_key_id) VALUES (1, false, ${platformKeyId})
    ON CONFLICT (id) DO UPDATE SET platform_key_id = EXCLUDED.platform_key_id WHERE installation.platform_key_id IS NULL`;
  return (await readInstallation())?.platformKeyId === platformKeyId;
}
