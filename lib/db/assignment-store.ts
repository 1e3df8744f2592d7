import 'server-only';
import type { Tx } from './client.ts';

/** The key whose enforcement is scheduled and that chose this app, beside the one that it is to be put under. */
export async function findScheduledFor(
  tx: Tx,
  tenantId: string,
  appId: string,
): Promise<{ keyId: string; alias: string } | undefined> {
  const row = await tx.configurationApp.findFirst({
    where: { appId, configuration: { standing: 'scheduled', key: { tenantId, state: 'scheduled' } } },
    select: { configuration: { select: { key: { select: { id: true, alias: true } } } } },
  });
  return row ? { keyId: row.configuration.key.id, alias: row.configuration.key.alias } : undefined;
}

/** Takes an app out of what a key stands for and of what is being prepared beside it, or adds it there. */
export async function chooseApp(tx: Tx, keyId: string, appId: string, chosen: boolean): Promise<void> {
  const standing = { keyId, standing: { in: ['working' as const, 'scheduled' as const] } };
  if (!chosen) {
    await tx.configurationApp.deleteMany({ where: { appId, configuration: standing } });
    return;
  }
  const configurations = await tx.keyConfiguration.findMany({ where: standing, select: { id: true } });
  await tx.configurationApp.createMany({
    data: configurations.map(({ id }) => ({ configurationId: id, appId })),
    skipDuplicates: true,
  });
}

/**
 * Takes an app out of the transitions of a key that it leaves: from now on another key's transition has it. Failures of its data keys
 * go with it; a rekey of the app stays, since it goes wherever the app belongs.
 */
export async function leaveTransitions(tx: Tx, keyId: string, appId: string): Promise<void> {
  const open = { keyId, finishedAt: null, cancelledAt: null, kind: { not: 'rekey' as const } };
  await tx.dataKeyFailure.deleteMany({ where: { transition: open, dataKey: { appId } } });
  await tx.transitionApp.deleteMany({ where: { appId, transition: open } });
}
