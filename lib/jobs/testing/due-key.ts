/** For tests: tenants with a key that is due, and ways to stop its activation where one wants to look. */
import type { Caller } from '../../auth/identify.ts';
import { permissionPolicy, trustPolicy } from '../../byok/aws/policies.ts';
import type { KeyPageView } from '../../byok/key-views.ts';
import { db, transaction } from '../../db/client.ts';
import { putCurrentDataKey } from '../../db/data-key-store.ts';
import { newDataKey } from '../../keyring/data-keys.ts';
import { providerFor } from '../../keyring/providers.ts';
import { serviceRoleArn } from '../../kms/testing/customer.ts';
import { readEnterpriseKey } from '../../operations/keys/read-enterprise-key.ts';
import { draft, schedule } from '../../operations/testing/walk.ts';
import {
  makeCaller,
  makeTenant,
  must,
  storeRecords,
  type TestTenant,
  type World,
} from '../../operations/testing/world.ts';
import { runTransition } from '../run-transition.ts';

export type DueKey = { tenant: TestTenant; admin: Caller; keyId: string; transitionId: string };

/** A tenant whose apps have some data keys with records under each, and a key that is scheduled for now. */
export async function makeDueKey(
  world: World,
  name: string,
  sizes: { apps?: number; keysPerApp?: number; recordsPerKey?: number } = {},
): Promise<DueKey> {
  const { apps = 3, keysPerApp = 2, recordsPerKey = 3 } = sizes;
  const tenant = await makeTenant(name, { apps, recordsPerApp: 0 });
  for (const app of tenant.apps) {
    for (let n = 0; n < keysPerApp; n++) {
      await rekey({ tenantId: tenant.id, appId: app.id });
      await storeRecords({ tenantId: tenant.id, appId: app.id }, recordsPerKey);
    }
  }
  await openTo(world, tenant);
  const admin = await makeCaller('admin', tenant.id);
  const keyId = await draft(world, admin);
  await schedule(world, keyId, admin);
  const transition = await db().transition.findFirstOrThrow({ where: { keyId } });
  return { tenant, admin, keyId, transitionId: transition.id };
}

/** Lets this tenant use the simulated key: the tenants of a test follow one another on one key. */
export async function openTo(world: World, tenant: TestTenant): Promise<void> {
  await world.aws.faults();
  await world.aws.put.trust(trustPolicy({ serviceRoleArn, externalId: tenant.externalId }));
  await world.aws.put.permission(permissionPolicy({ keyArn: world.aws.keyArn, tenantId: tenant.id }));
  const allow = (principal: string, actions: string[]) => ({
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: actions,
    Resource: '*',
  });
  await world.aws.put.key({
    Version: '2012-10-17',
    Statement: [
      allow('arn:aws:iam::111122223333:root', ['kms:*']),
      allow(world.aws.roleArn, ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey']),
    ],
  });
}

/** Runs the activation, whenever its next try is set for. */
export async function tryNow(transitionId: string, signal = new AbortController().signal): Promise<void> {
  await db().transition.update({ where: { id: transitionId }, data: { nextTryAt: null } });
  await runTransition(transitionId, signal);
}

/** Runs the activation until it has activated the key, and stops it there, as a worker that is told to end. */
export async function stopInTheMiddle(world: World, { transitionId }: DueKey): Promise<void> {
  await world.aws.faults({ kind: 'latency', ms: 40 });
  const stop = new AbortController();
  const run = runTransition(transitionId, stop.signal).catch((error: unknown) => error);
  await until(async () => (await db().transition.findUniqueOrThrow({ where: { id: transitionId } })).versionId);
  stop.abort(new Error('told to end'));
  await run;
  await world.aws.faults();
  const { finishedAt } = await db().transition.findUniqueOrThrow({ where: { id: transitionId } });
  if (finishedAt) throw new Error('the activation was over before it could be stopped');
}

/** What the page of the key says. */
export async function pageOf({ admin, keyId }: DueKey): Promise<KeyPageView & { transition: object }> {
  const page = must(await readEnterpriseKey(admin, { keyId }));
  if (!page.transition) throw new Error('the page knows of no activation');
  return { ...page, transition: page.transition };
}

export async function versionOf({ transitionId }: DueKey): Promise<string> {
  return (await db().transition.findUniqueOrThrow({ where: { id: transitionId } })).versionId ?? '';
}

/** Asks until there is an answer; gives up with the test's own time limit. */
export async function until<T>(ask: () => Promise<T | undefined | null | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A fresh current data key of an app under the platform key. */
async function rekey(scope: { tenantId: string; appId: string }): Promise<void> {
  const key = await newDataKey(scope, null, await providerFor(null));
  const current = await db().dataKey.findFirst({ where: { appId: scope.appId, state: 'current' } });
  const put = await transaction((tx) =>
    putCurrentDataKey(tx, key, { keyVersionId: null, currentId: current?.id ?? null }),
  );
  if (!put) throw new Error('the data key was not stored');
}
