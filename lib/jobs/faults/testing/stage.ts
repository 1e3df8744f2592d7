/** For tests of faults: a tenant with many data keys, records and envelopes outside, two CMKs, and the processes at work on it. */
import { randomUUID } from 'node:crypto';
import type { TransitionView } from '#lib/byok/transition-views.ts';
import { encryptItems } from '#lib/operations/data/encrypt-items.ts';
import { readEnterpriseKey } from '#lib/operations/keys/read-enterprise-key.ts';
import type { Caller } from '../../../auth/identify.ts';
import { policyText, trustPolicy } from '../../../byok/aws/policies.ts';
import type { KeyPageView } from '../../../byok/key-views.ts';
import { db, transaction } from '../../../db/client.ts';
import { putCurrentDataKey } from '../../../db/data-key-store.ts';
import { insertRecords, recordContext } from '../../../db/record-store.ts';
import { parseEnvelope } from '../../../envelope/format.ts';
import { sealItems } from '../../../envelope/seal.ts';
import { newDataKey } from '../../../keyring/data-keys.ts';
import { cachedSource } from '../../../keyring/keyring.ts';
import { providerFor } from '../../../keyring/providers.ts';
import { serviceRoleArn } from '../../../kms/testing/customer.ts';
import { makeCaller, makeTenant, must, type TestTenant, type World } from '../../../operations/testing/world.ts';
import { type Fleet, type Ledger, makeFleet } from './fleet.ts';
import { contextOf, type Sealed, textOf } from './messages.ts';

export type Stage = {
  world: World;
  tenant: TestTenant;
  admin: Caller;
  colleague: Caller;
  fleet: Fleet;
  /** The customer's two CMKs. */
  keyArns: [string, string];
};

export type Sizes = {
  apps?: number;
  keysPerApp?: number;
  recordsPerKey?: number;
  /** How long processes wait for a key service. Long, unless it is to be silent: a busy machine is no outage. */
  kmsTimeoutMs?: number;
};

/** Envelopes outside hang on every second data key, so that no re-encryption ends it. */
export async function makeStage(world: World, name: string, sizes: Sizes = {}): Promise<Stage> {
  const { apps = 3, keysPerApp = 8, recordsPerKey = 4, kmsTimeoutMs = 20_000 } = sizes;
  const tenant = await makeTenant(name, { apps, recordsPerApp: 0, cacheTtlSeconds: 60 });
  const [admin, colleague] = [await makeCaller('admin', tenant.id), await makeCaller('admin', tenant.id)];
  const token = await world.makeTokenCaller(tenant.id, ['encrypt', 'decrypt']);
  const orders = {
    tenantId: tenant.id,
    appIds: tenant.apps.map((app) => app.id),
    bearer: token.kind === 'token' ? token.bearer : '',
    sessionId: admin.kind === 'session' ? admin.sessionId : '',
  };
  const fleet = makeFleet(orders, kmsTimeoutMs);
  for (const app of tenant.apps) {
    for (let n = 0; n < keysPerApp; n++) {
      const scope = { tenantId: tenant.id, appId: app.id };
      await freshDataKey(scope);
      await storeSome(scope, recordsPerKey, fleet.ledger);
      // The others go as soon as their records are re-encrypted.
      if (n % 2 === 0) await sealOne(token, app.id, fleet.ledger);
    }
  }
  const keyArns: [string, string] = [world.aws.keyArn, await secondKey(world)];
  const stage = { world, tenant, admin, colleague, fleet, keyArns };
  await openAws(stage);
  return stage;
}

/** Lets this tenant use both keys, whatever the context: the tenants of a test follow one another on them. */
export async function openAws({ world, tenant, keyArns }: Stage): Promise<void> {
  await world.aws.faults();
  await world.aws.put.trust(trustPolicy({ serviceRoleArn, externalId: tenant.externalId }));
  const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'];
  await world.aws.put.permission({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: keyArns }],
  });
  for (const keyArn of keyArns) {
    await world.aws.put.key(openPolicy(world), keyArn);
    await world.aws.kms('EnableKey', { KeyId: keyArn });
  }
}

/** What the page of a key says to its administrator. */
export async function pageOf({ admin }: Stage, keyId: string): Promise<KeyPageView & { transition: TransitionView }> {
  const page = must(await readEnterpriseKey(admin, { keyId }));
  if (!page.transition) throw new Error('the page knows of no key transition');
  return { ...page, transition: page.transition };
}

/** Asks until there is an answer; gives up with the test's own time limit. */
export async function until<T>(ask: () => Promise<T | undefined | null | false>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function openPolicy(world: World): object {
  const allow = (principal: string, actions: string[]) => ({
    Effect: 'Allow',
    Principal: { AWS: principal },
    Action: actions,
    Resource: '*',
  });
  return {
    Version: '2012-10-17',
    Statement: [
      allow('arn:aws:iam::111122223333:root', ['kms:*']),
      allow(world.aws.roleArn, ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey']),
    ],
  };
}

const seconds = new WeakMap<World, Promise<string>>();

/** One more key of the customer's, the same for all tenants of a test. */
function secondKey(world: World): Promise<string> {
  const made = seconds.get(world) ?? makeKey(world);
  seconds.set(world, made);
  return made;
}

async function makeKey(world: World): Promise<string> {
  const answer = await world.aws.kms('CreateKey', { Policy: policyText(openPolicy(world)) });
  return String((answer.KeyMetadata as { Arn: string }).Arn);
}

type Scope = { tenantId: string; appId: string };

/** A fresh current data key of an app under the platform key. */
async function freshDataKey(scope: Scope): Promise<void> {
  const key = await newDataKey(scope, null, await providerFor(null));
  const current = await db().dataKey.findFirst({ where: { appId: scope.appId, state: 'current' } });
  const expected = { keyVersionId: null, currentId: current?.id ?? null };
  if (!(await transaction((tx) => putCurrentDataKey(tx, key, expected)))) throw new Error('no data key was stored');
}

async function storeSome(scope: Scope, count: number, ledger: Ledger): Promise<void> {
  const ids = Array.from({ length: count }, () => randomUUID());
  const items = ids.map((id) => ({ plaintext: Buffer.from(textOf(id)), context: recordContext(id) }));
  const envelopes = await sealItems(cachedSource(), scope, items);
  const rows = envelopes.map((envelope, n) => ({
    ...scope,
    id: ids[n] ?? '',
    kind: 'message' as const,
    name: '',
    envelope,
    dataKeyId: parseEnvelope(envelope).dataKeyId,
    createdAt: new Date(),
  }));
  if ((await insertRecords(rows)) !== count) throw new Error('the records were not stored');
  for (const id of ids) ledger.recordIds.add(id);
}

async function sealOne(token: Caller, appId: string, ledger: Ledger): Promise<void> {
  const draft: Omit<Sealed, 'envelope'> = { appId, text: `text ${randomUUID()}`, n: randomUUID() };
  const items = [{ plaintext: Buffer.from(draft.text).toString('base64'), context: contextOf(draft) }];
  const [item] = must(await encryptItems(token, { appId, items })).items;
  if (!item || 'error' in item) throw new Error('the envelope was not sealed');
  ledger.sealed.push({ ...draft, envelope: item.envelope });
}
