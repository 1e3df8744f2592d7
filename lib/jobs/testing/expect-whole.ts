import { expect } from 'vitest';
import { takeCensus } from './census.ts';
import { type DueKey, pageOf, tryNow, versionOf } from './due-key.ts';

/** For tests: the activation is over, every record opens, and every data key has one wrapping: the key's version. */
export async function expectWhole(due: DueKey, records: number): Promise<void> {
  const apps = due.tenant.apps.length;
  const page = await pageOf(due);
  expect(page).toMatchObject({ state: 'active', status: 'active', appsUnderKey: apps });
  expect(page.transition).toMatchObject({
    phase: 'done',
    failure: null,
    nextTryAt: null,
    dataKeys: { failed: 0, left: 0 },
  });
  expect(await takeCensus(due.tenant.id)).toEqual({
    records,
    open: records,
    dataKeys: apps,
    wrappedBy: { [await versionOf(due)]: apps },
    underOldKeys: 0,
  });
}

/** All is well again: the next try finishes the activation. */
export async function expectItFinishes(due: DueKey, records: number): Promise<void> {
  await tryNow(due.transitionId);
  await expectWhole(due, records);
}
