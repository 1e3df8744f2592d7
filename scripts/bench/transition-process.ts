/**
 * One worker, as far as a key transition is concerned: begins a rotation as the command does, and runs the job until it is over. A
 * wrapping key that is given as a root key is held in this process: no HTTP then.
 */
import { readDraft, toConnection } from '#lib/byok/connection.ts';
import { closeDatabase, db, transaction } from '#lib/db/client.ts';
import { beginTransition, findTransition, insertTransition, insertVersion } from '#lib/db/transition-store.ts';
import { runTransition } from '#lib/jobs/run-transition.ts';
import { closeKeyring } from '#lib/keyring/keyring.ts';
import { giveWay } from '../processes/priority.ts';
import { serve } from './child.ts';
import { holdInProcess, providerCalls } from './in-process-keys.ts';
import type { Connection, SeededTenant } from './seed.ts';

export type TransitionCommand =
  | { do: 'begin'; rotation: Rotation }
  /** Until the transition is over. */
  | { do: 'run'; transitionId: string };

export interface Rotation {
  tenant: SeededTenant;
  to: Connection;
  reencrypt: boolean;
  /** Root keys in base64 in place of the two key versions' keys. */
  inProcess?: { from: string; to: string };
}

export interface TransitionAnswer {
  transitionId: string;
  versionId: string;
  seconds: number;
  /** Of this process, for the command alone. */
  cpuSeconds: number;
  /** Calls to wrapping keys held in this process. */
  kmsCalls: number;
  /** The most memory that this process ever held. */
  peakMb: number;
}

giveWay();
await db().$queryRaw`SELECT 1`;
let versionId = '';
serve(answer, async () => {
  await closeKeyring();
  await closeDatabase();
});

async function answer(command: TransitionCommand): Promise<TransitionAnswer> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const transitionId = command.do === 'begin' ? await begin(command.rotation) : await runToItsEnd(command.transitionId);
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1e6;
  return {
    transitionId,
    versionId,
    seconds,
    cpuSeconds,
    kmsCalls: providerCalls(),
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
}

async function runToItsEnd(transitionId: string): Promise<string> {
  for (;;) {
    await runTransition(transitionId, new AbortController().signal);
    const transition = await findTransition(transitionId);
    if (transition?.finishedAt) return transitionId;
    if (transition?.failureCode)
      throw new Error(
        `The key transition failed: ${transition.failureCode} ${JSON.stringify(transition.failureMessage)}`,
      );
  }
}

async function begin({ tenant, to, reencrypt, inProcess }: Rotation): Promise<string> {
  const { tenantId, keyId, appIds } = tenant;
  const { region, roleArn, keyArn, externalId } = to;
  const entered = { region, roleArn, keyArn };
  const made = toConnection(readDraft({ provider: 'aws', authMode: 'assume-role', entered }));
  if (!made.ok) throw new Error('The bench has made no connection.');
  const transitionId = await transaction(async (tx) => {
    const version = await insertVersion(tx, {
      ...{ keyId, tenantId, connection: made.connection, externalId },
      pinnedKeyRef: keyArn,
      health: 'healthy',
    });
    versionId = version.id;
    const id = await insertTransition(tx, {
      ...{ tenantId, keyId, kind: 'rotate', versionId, requestedBy: 'bench', dueAt: new Date() },
    });
    await tx.enterpriseKey.update({ where: { id: keyId }, data: { state: 'rotating' } });
    await beginTransition(tx, id, { ids: appIds, versionId, reencrypt });
    return id;
  });
  if (inProcess) {
    holdInProcess(tenant.versionId, inProcess.from);
    holdInProcess(versionId, inProcess.to);
  }
  return transitionId;
}
