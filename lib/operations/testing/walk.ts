/** For tests: the wizard's walk through the operations, as an administrator takes it. */
import type { Caller } from '../../auth/identify.ts';
import type { CheckResult } from '../../byok/test-report.ts';
import { db } from '../../db/client.ts';
import { runTransition } from '../../jobs/run-transition.ts';
import { createKey } from '../keys/create-key.ts';
import { readSetup } from '../setup/read-setup.ts';
import { saveStep } from '../setup/save-step.ts';
import { scheduleKey } from '../setup/schedule-key.ts';
import { testConfiguration } from '../setup/test-configuration.ts';
import { must, type World } from './world.ts';

type Step = Parameters<typeof saveStep>[1] extends infer I
  ? I extends { keyId: string; revision: number }
    ? Omit<I, 'keyId' | 'revision'>
    : never
  : never;

/** Saves a step on whatever the revision is now. */
export async function save(caller: Caller, keyId: string, step: Step): Promise<number> {
  const { revision } = must(await readSetup(caller, { keyId })).key;
  return must(await saveStep(caller, { keyId, revision, ...step })).revision;
}

/** A new draft with Acme's role and key entered. */
export async function draft(world: World, caller = world.callers.admin): Promise<string> {
  const { keyId } = must(await createKey(caller, {}));
  await save(caller, keyId, {
    step: 'provider',
    values: {
      provider: 'aws',
      authMode: 'assume-role',
      region: 'us-east-1',
      accountId: '111122223333',
      roleName: 'BYOK_Role',
      alias: `key-${keyId.slice(0, 8)}`,
      description: '',
    },
  });
  await save(caller, keyId, { step: 'connect', values: { keyArn: world.aws.keyArn, roleArn: world.aws.roleArn } });
  return keyId;
}

/** Runs Test Configuration to its end. */
export async function test(caller: Caller, keyId: string): Promise<CheckResult[]> {
  const results = new Map<string, CheckResult>();
  for await (const event of await testConfiguration(caller, { keyId })) {
    if (event.type === 'error') throw new Error(`the test was refused: ${JSON.stringify(event.error)}`);
    if (event.type === 'check') results.set(event.result.id, event.result);
  }
  return [...results.values()];
}

/** Tested, dated, proceeded with. */
export async function schedule(world: World, keyId: string, caller = world.callers.admin): Promise<string> {
  await test(caller, keyId);
  await save(caller, keyId, { step: 'date', values: { choice: 'now' } });
  const { key, report } = must(await readSetup(caller, { keyId }));
  return must(await scheduleKey(caller, { keyId, revision: key.revision, acknowledged: report?.warnings ?? [] }))
    .enforcementAt;
}

/** Runs the key's open activation in this process, as a worker would. */
export async function activate(keyId: string, signal = new AbortController().signal): Promise<void> {
  const open = await db().transition.findFirstOrThrow({ where: { keyId, finishedAt: null, cancelledAt: null } });
  await runTransition(open.id, signal);
}
