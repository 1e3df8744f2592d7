/** For tests: keys that are active, further data keys and records under them, and other CMKs to rotate to. */
import { randomUUID } from 'node:crypto';
import { permissionPolicy } from '../../byok/aws/policies.ts';
import { connectionOf } from '../../byok/aws/testing/connection-of.ts';
import { readConnection, viewOf } from '../../byok/connection.ts';
import { db, transaction } from '../../db/client.ts';
import { findCurrentDataKey, putCurrentDataKey } from '../../db/data-key-store.ts';
import { beginTransition, insertTransition, insertVersion } from '../../db/transition-store.ts';
import { newDataKey } from '../../keyring/data-keys.ts';
import { providerFor } from '../../keyring/providers.ts';
import { storeRecords, type World } from '../../operations/testing/world.ts';
import { type DueKey, makeDueKey, tryNow } from './due-key.ts';

export type ActiveKey = DueKey & { versionId: string };
type Scope = { tenantId: string; appId: string };

/** A key whose activation is over, with `keysPerApp` data keys per app and records under each of them. */
export async function makeActiveKey(
  world: World,
  name: string,
  sizes: { apps?: number; keysPerApp?: number; recordsPerKey?: number } = {},
): Promise<ActiveKey> {
  const { apps = 3, keysPerApp = 2, recordsPerKey = 3 } = sizes;
  const due = await makeDueKey(world, name, { apps, keysPerApp: 1, recordsPerKey });
  await tryNow(due.transitionId);
  const { versionId } = await db().transition.findUniqueOrThrow({ where: { id: due.transitionId } });
  if (!versionId) throw new Error('the key did not become active');
  await addDataKeys(due, keysPerApp - 1, recordsPerKey);
  return { ...due, versionId };
}

/** Further data keys per app under what the app belongs to, each with records; the newest is the current one. */
export async function addDataKeys({ tenant }: DueKey, keysPerApp: number, recordsPerKey: number): Promise<void> {
  await Promise.all(
    tenant.apps.map(async (app) => {
      const scope = { tenantId: tenant.id, appId: app.id };
      for (let n = 0; n < keysPerApp; n++) {
        await replaceDataKey(scope);
        await storeRecords(scope, recordsPerKey);
      }
    }),
  );
}

/** A fresh current data key of an app under what the app belongs to. */
export async function replaceDataKey(scope: Scope): Promise<void> {
  const { keyVersionId } = await db().app.findUniqueOrThrow({ where: { id: scope.appId } });
  const key = await newDataKey(scope, keyVersionId, await providerFor(keyVersionId));
  const current = await findCurrentDataKey(scope);
  const expected = { keyVersionId, currentId: current?.id ?? null };
  if (!(await transaction((tx) => putCurrentDataKey(tx, key, expected))))
    throw new Error('the data key was not stored');
}

/** Another key in the customer's account, which the role may use as it may use the first. @returns its ARN */
export async function makeOtherKey(world: World, { tenant }: DueKey): Promise<string> {
  const made = await world.aws.kms('CreateKey', { Description: 'to rotate to' });
  const { Arn } = made.KeyMetadata as { Arn: string };
  const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'];
  await world.aws.put.key(
    {
      Version: '2012-10-17',
      Statement: [allow('arn:aws:iam::111122223333:root', ['kms:*']), allow(world.aws.roleArn, actions)],
    },
    Arn,
  );
  const first = permissionPolicy({ keyArn: world.aws.keyArn, tenantId: tenant.id }) as { Statement: object[] };
  const second = permissionPolicy({ keyArn: Arn, tenantId: tenant.id }) as { Statement: { Sid?: string }[] };
  const more = second.Statement.map((statement) => ({ ...statement, Sid: `Other${statement.Sid ?? ''}` }));
  await world.aws.put.permission({ Version: '2012-10-17', Statement: [...first.Statement, ...more] });
  return Arn;
}

function allow(principal: string, actions: string[]): object {
  return { Effect: 'Allow', Principal: { AWS: principal }, Action: actions, Resource: '*' };
}

/** A rotation that has just been begun, past the command and its test: a new version, and every app belongs to it. */
export async function beginRotation(
  key: ActiveKey,
  to: { keyArn: string; roleArn?: string },
  { reencrypt = false } = {},
): Promise<{ transitionId: string; versionId: string }> {
  const old = await db().keyVersion.findUniqueOrThrow({ where: { id: key.versionId } });
  return transaction(async (tx) => {
    const { tenantId, externalId } = old;
    const { roleArn } = viewOf(readConnection(old));
    const { id: versionId } = await insertVersion(tx, {
      keyId: key.keyId,
      tenantId,
      externalId,
      connection: connectionOf({ roleArn: to.roleArn ?? roleArn, keyArn: to.keyArn }),
      pinnedKeyRef: to.keyArn,
      health: 'healthy',
      healthAt: new Date(),
      healthSince: new Date(),
    });
    await tx.enterpriseKey.update({ where: { id: key.keyId }, data: { state: 'rotating' } });
    const transitionId = await begin(tx, key, { kind: 'rotate', versionId, reencrypt });
    return { transitionId, versionId };
  });
}

/** A revert that has just been begun: every app belongs to the platform key. */
export function beginRevert(key: ActiveKey): Promise<{ transitionId: string }> {
  return transaction(async (tx) => {
    await tx.enterpriseKey.update({ where: { id: key.keyId }, data: { state: 'reverting' } });
    return { transitionId: await begin(tx, key, { kind: 'revert', versionId: null, reencrypt: false }) };
  });
}

async function begin(
  tx: Parameters<typeof insertTransition>[0],
  { tenant, keyId }: ActiveKey,
  transition: { kind: 'rotate' | 'revert' | 'rekey'; versionId: string | null; reencrypt: boolean },
): Promise<string> {
  const transitionId = await insertTransition(tx, {
    tenantId: tenant.id,
    keyId,
    kind: transition.kind,
    ...(transition.versionId ? { versionId: transition.versionId } : {}),
    requestedBy: `${randomUUID()}@example.com`,
    dueAt: new Date(),
  });
  const ids = tenant.apps.map((app) => app.id);
  await beginTransition(tx, transitionId, { ids, versionId: transition.versionId, reencrypt: transition.reencrypt });
  return transitionId;
}
