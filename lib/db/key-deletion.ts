import 'server-only';
import type { Tx } from './client.ts';
import { db } from './client.ts';

/** What hangs on an enterprise key, whatever its state says. */
export type Hanging = {
  apps: number;
  /** The first four, by name. */
  appNames: string[];
  dataKeys: number;
  /** A key transition, or a rekey of an app under it, that has begun and is not over. */
  transitions: number;
  /** Keys that Keyward is just creating for it. */
  creations: number;
};

export async function countHanging(keyId: string, tx: Tx = db()): Promise<Hanging> {
  const under = { keyVersion: { keyId } };
  const names = await tx.app.findMany({ where: under, select: { name: true }, orderBy: { name: 'asc' }, take: 4 });
  return {
    apps: await tx.app.count({ where: under }),
    appNames: names.map(({ name }) => name),
    dataKeys: await tx.dataKey.count({ where: under }),
    transitions: await tx.transition.count({
      where: { keyId, startedAt: { not: null }, finishedAt: null, cancelledAt: null },
    }),
    creations: await tx.keyCreation.count({ where: { keyId, state: { in: ['intended', 'created'] } } }),
  };
}

/**
 * Deletes a key with its versions, configurations, reports and transitions that are over. The foreign keys of apps and data keys
 * refuse it where anything hangs on a version, whatever was counted before.
 */
export async function eraseKey(tx: Tx, keyId: string): Promise<void> {
  await tx.enterpriseKey.update({ where: { id: keyId }, data: { currentVersionId: null } });
  await tx.keyVersion.deleteMany({ where: { keyId } });
  await tx.enterpriseKey.delete({ where: { id: keyId } });
}
