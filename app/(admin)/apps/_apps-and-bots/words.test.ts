import { expect, it } from 'vitest';
import type { AppView, AssignableKey } from '#lib/byok/app-views.ts';
import { expectShort } from '../../../_shared/command/testing/expect-short.ts';
import { appSummary, assignConsequences, presentKeyId, whyNotSave } from './words.ts';

const choice = (parts: Partial<AssignableKey> = {}): AssignableKey => ({
  keyId: 'k',
  name: 'production',
  description: '',
  status: 'active',
  health: null,
  revision: 3,
  reason: null,
  ...parts,
});
const app = (parts: Partial<AppView> = {}): AppView => ({
  id: 'a',
  name: 'Claims',
  kind: 'app',
  protectedBy: { kind: 'version', keyId: 'k', alias: 'production', number: 2, revoked: false },
  wrappedBy: [{ label: 'Version 2 of production', dataKeys: 1 }],
  dataKeys: 1,
  records: 1,
  dataKeySince: null,
  tenant: { name: 'Acme', cacheTtlSeconds: 60 },
  choices: [choice()],
  transitions: [],
  ...parts,
});
const platform = choice({ keyId: null, name: 'Platform key', status: null });
const text = (...given: Parameters<typeof assignConsequences>) => expectShort(assignConsequences(...given));

it('what is true is said without promising what has not moved', () => {
  expect(appSummary(app())).toBe('New data of Claims is encrypted under your key production, version 2.');
  expect(appSummary(app({ wrappedBy: [{ label: 'Platform key', dataKeys: 1 }] }))).toMatch(
    /older data still uses another key/,
  );
  const refusing = choice({
    health: { state: 'revoked', cause: null, since: null, at: null, providerRequestId: null },
  });
  expect(appSummary(app({ choices: [refusing] }))).toMatch(/the vendor cannot read the data under it/);
  const under = { protectedBy: { kind: 'platform' }, wrappedBy: [{ label: 'Platform key', dataKeys: 1 }] } as const;
  expect(appSummary(app({ ...under, wrappedBy: [...under.wrappedBy] }))).toMatch(
    /The vendor can read it without you\.$/,
  );
});

it('leaving the keys says that the vendor can read, another key that the first is needed no more', () => {
  expect(text(app(), choice(), platform)).toMatch(/The vendor can then read its data without you/);
  const other = choice({ keyId: 'o', name: 'staging' });
  expect(text(app(), choice(), other)).toMatch(/directly from “production”.*“production” is not needed/s);
  expect(text(app(), platform, other)).toMatch(/directly from the platform key/);
});

it('only an administrator saves, and only a change', () => {
  expect(presentKeyId(app())).toBe('k');
  expect(whyNotSave('viewer', true)).toMatch(/administrator/);
  expect(whyNotSave('admin', false)).toMatch(/You haven’t changed anything yet/);
  expect(whyNotSave('admin', true)).toBeNull();
});
