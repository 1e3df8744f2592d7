/**
 * Whatever is wrong, the first check that fails is the one that is about it, and says the cause and what to change. Each
 * mistake is made for real, in the simulated AWS or in what is entered.
 */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { awsCheckIds } from '#lib/byok/aws/checks.ts';
import { type Customer, startAws } from '../../testing/customer.ts';
import { enteredMistakes } from '../../testing/entered-mistakes.ts';
import { keyMistakes } from '../../testing/key-mistakes.ts';
import { type Mistake, permissionMistakes, policyMistakes, trustMistakes } from '../../testing/mistakes.ts';
import { optionsFor, run } from '../../testing/run-self-test.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
afterEach(async () => {
  await aws.faults();
  await aws.iam('DeleteRolePermissionsBoundary', { RoleName: 'BYOK_Role' }).catch(() => undefined);
  await aws.applyPolicies();
});

const all: readonly Mistake[] = [
  ...enteredMistakes,
  ...trustMistakes,
  ...permissionMistakes,
  ...policyMistakes,
  ...keyMistakes,
];

describe('Test Configuration names what is wrong', () => {
  it.each(all.map((mistake) => [mistake.name, mistake] as const))('%s', async (_, mistake) => {
    const configuration = { ...(await mistake.make?.(aws)), ...mistake.entered?.(aws) };
    const { results, done } = await run(optionsFor(aws, {}, configuration));
    const failed = awsCheckIds.map((id) => results.get(id)).find((result) => result?.outcome === 'failed');
    expect(failed).toMatchObject({ id: mistake.check, cause: mistake.cause });
    expect(failed?.remedy?.text).toMatch(mistake.remedy);
    expect(failed?.remedy?.policy?.kind).toBe(mistake.policy);
    expect(failed?.summary).toMatch(/\.$/);
    expect(done.passed).toBe(false);
  });

  it('knows more than thirty of them, each by another name', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(30);
  });

  it('tells a wrong clock of the vendor’s from wrong credentials, although AWS has one name for both', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const real = await startAws({ clock: () => performance.timeOrigin + performance.now() });
    try {
      vi.setSystemTime(Date.now() + 3_600_000);
      const { results } = await run(optionsFor(real));
      expect(results.get('connectivity')).toMatchObject({ outcome: 'failed', cause: 'clock-skew' });
      expect(results.get('connectivity')?.remedy?.text).toMatch(/vendor has to correct its clock/);
    } finally {
      vi.useRealTimers();
      await real.close();
    }
  });
});
