import 'server-only';
import type { Caller } from '#lib/auth/identify.ts';
import { keyPolicy, permissionPolicy, policyText, trustPolicy } from '#lib/byok/aws/policies.ts';
import type { Result } from '#lib/byok/errors.ts';
import { db } from '#lib/db/client.ts';
import { runTransition } from '#lib/jobs/run-transition.ts';
import { createKey } from '#lib/operations/keys/create-key.ts';
import { listEnterpriseKeys } from '#lib/operations/keys/list-enterprise-keys.ts';
import { readSetup } from '#lib/operations/setup/read-setup.ts';
import { saveStep } from '#lib/operations/setup/save-step.ts';
import { scheduleKey } from '#lib/operations/setup/schedule-key.ts';
import { testConfiguration } from '#lib/operations/setup/test-configuration.ts';
import type { SeedTenant } from '../seed-data.ts';

export type ReadyAccount = { roleArn: string; keyArn: string; aliasArn: string };

/** A customer's account in the simulator whose role and key exist, but whose policies lack our external ID. */
export async function readyAccount(
  simulatorUrl: string,
  seed: SeedTenant,
  serviceRoleArn: string,
): Promise<ReadyAccount> {
  const answer = await post(simulatorUrl, '/_sim/ready-account', {
    accountId: seed.accountId,
    region: seed.homeRegion,
    serviceRoleArn,
  });
  const { roleArn, keyArn, aliasArn } = answer;
  if (typeof roleArn !== 'string' || typeof keyArn !== 'string' || typeof aliasArn !== 'string')
    throw new Error('The simulator did not prepare an account.');
  return { roleArn, keyArn, aliasArn };
}

type Given = {
  simulatorUrl: string;
  seed: SeedTenant;
  serviceRoleArn: string;
  admin: Caller;
  log: (line: string) => void;
};

/**
 * Takes Globex the way a customer goes: its administrator creates the key in the console, applies the policies that the
 * console shows, tests, and proceeds. Does nothing where Globex has a key already.
 */
export async function activateGlobex({ simulatorUrl, seed, serviceRoleArn, admin, log }: Given): Promise<void> {
  const list = expect(await listEnterpriseKeys(admin, {}));
  const known = list.keys.find((key) => key.state !== 'draft');
  if (known) return void (await finishActivation(known.id));
  log('Connecting the key of Globex.');
  // A start that was killed on its way may have left its draft: it goes on with that one.
  const draft = list.keys.find((key) => key.state === 'draft');
  const keyId = draft?.id ?? expect(await createKey(admin, {})).keyId;
  const setup = expect(await readSetup(admin, { keyId }));
  const account = await readyAccount(simulatorUrl, seed, serviceRoleArn);
  const where = {
    partition: 'aws',
    accountId: seed.accountId,
    roleArn: account.roleArn,
    keyArn: account.keyArn,
    tenantId: setup.tenant.id,
  } as const;
  const iam = `/_sim/accounts/${seed.accountId}/iam`;
  await post(simulatorUrl, `${iam}/UpdateAssumeRolePolicy`, {
    RoleName: 'BYOK_Role',
    PolicyDocument: policyText(trustPolicy({ serviceRoleArn, externalId: setup.externalId })),
  });
  await post(simulatorUrl, `${iam}/PutRolePolicy`, {
    RoleName: 'BYOK_Role',
    PolicyName: 'BYOK_Policy',
    PolicyDocument: policyText(permissionPolicy(where)),
  });
  await post(simulatorUrl, `/_sim/accounts/${seed.accountId}/kms/${seed.homeRegion}/PutKeyPolicy`, {
    KeyId: account.keyArn,
    PolicyName: 'default',
    Policy: policyText(keyPolicy(where)),
  });

  let revision = setup.key.revision;
  const save = async (step: StepInput) => {
    ({ revision } = expect(await saveStep(admin, { keyId, revision, ...step })));
  };
  await save({
    step: 'provider',
    values: {
      provider: 'aws',
      authMode: 'assume-role',
      region: seed.homeRegion,
      accountId: seed.accountId,
      roleName: 'BYOK_Role',
      alias: 'globex-production',
      description: 'Protects service desk, dealer portal and survey data.',
    },
  });
  await save({ step: 'connect', values: { keyArn: account.keyArn, roleArn: account.roleArn } });
  for await (const event of await testConfiguration(admin, { keyId })) {
    if (event.type === 'error') throw new Error(`The test of the key of Globex was refused: ${event.error.code}`);
    if (event.type === 'check' && event.result.outcome === 'failed')
      throw new Error(`The test of the key of Globex failed: ${event.result.summary}`);
  }
  await save({ step: 'date', values: { choice: 'now' } });
  const tested = expect(await readSetup(admin, { keyId }));
  expect(await scheduleKey(admin, { keyId, revision, acknowledged: tested.report?.warnings ?? [] }));
  await finishActivation(keyId);
}

type StepInput = Parameters<typeof saveStep>[1] extends infer I
  ? I extends { keyId: string; revision: number }
    ? Omit<I, 'keyId' | 'revision'>
    : never
  : never;

/** Here instead of in a worker, so that a first look finds an active key. */
async function finishActivation(keyId: string): Promise<void> {
  const open = await db().transition.findFirst({
    where: { keyId, finishedAt: null, cancelledAt: null },
    select: { id: true },
  });
  if (open) await runTransition(open.id, new AbortController().signal);
}

/** The data of a success; a refusal ends the seed with its code. */
export function expect<T>(result: Result<T>): T {
  if (!result.ok)
    throw new Error(
      `The demo could not be filled: ${result.error.code} ${JSON.stringify(result.error.fields ?? result.error.details ?? {})}`,
    );
  return result.data;
}

async function post(simulatorUrl: string, path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(new URL(path, simulatorUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok || typeof answer !== 'object' || answer === null)
    throw new Error(`The AWS simulator refused ${path}: ${JSON.stringify(answer)}`);
  return Object.fromEntries(Object.entries(answer));
}
