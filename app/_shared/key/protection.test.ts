import { expect, test } from 'vitest';
import { matchingApps, protectionBadge, protectionCounts, shares, wrappedElsewhere } from './protection.ts';
import { sampleApp, sampleVersion, sampleView } from './sample-view.fixture.ts';

test('each way of being protected has its own badge', () => {
  const own = sampleApp(0, { kind: 'version', keyId: 'key-1', number: 2, revoked: false });
  expect(protectionBadge(own, 'key-1')).toEqual({ tone: 'ok', label: 'Version 2' });
  expect(protectionBadge({ ...own, records: 540, recordsPending: 228 }, 'key-1', true)).toEqual({
    tone: 'warn',
    label: 'Re-encrypting 312 of 540',
  });
  const revoked = sampleApp(0, { kind: 'version', keyId: 'key-1', number: 2, revoked: true });
  expect(protectionBadge(revoked, 'key-1')).toEqual({ tone: 'bad', label: 'Version 2, revoked' });
  expect(protectionBadge(own, 'key-2')).toEqual({ tone: 'ok', label: 'Another key, version 2' });
  expect(protectionBadge(sampleApp(0, { kind: 'platform' }), 'key-1')).toEqual({ tone: 'idle', label: 'Platform key' });
});

test('records under an older data key are not called re-encrypting while nothing re-encrypts them', () => {
  const app = {
    ...sampleApp(0, { kind: 'version', keyId: 'key-1', number: 2, revoked: false }),
    records: 540,
    recordsPending: 228,
  };
  expect(protectionBadge(app, 'key-1')).toEqual({ tone: 'ok', label: 'Version 2' });
});

test('an app whose older data keys are wrapped by something else is not called done', () => {
  const app = {
    ...sampleApp(0, { kind: 'version', keyId: 'key-1', number: 2, revoked: false }),
    wrappedBy: [
      { label: 'Version 2', dataKeys: 1 },
      { label: 'Version 1', dataKeys: 3 },
    ],
  };
  expect(protectionBadge(app, 'key-1')).toEqual({ tone: 'warn', label: 'Version 2' });
  expect(wrappedElsewhere(app)).toEqual([{ label: 'Version 1', dataKeys: 3 }]);
});

test('the bar shows each share once, with its records, and adds up', () => {
  const parts = shares(sampleView());
  expect(parts.map(({ label }) => label)).toEqual([
    'Your key, version 1 · 11 apps and bots · 4,612 records',
    'Platform key · App 11 · 388 records',
  ]);
  expect(parts.reduce((sum, { percent }) => sum + percent, 0)).toBeCloseTo(100);
});

test('apps of another key of the same tenant are neither this key nor the platform key', () => {
  const apps = [
    sampleApp(0, { kind: 'version', keyId: 'key-2', number: 1, revoked: false }),
    sampleApp(1, { kind: 'platform' }),
  ];
  expect(shares(sampleView({ apps })).map(({ kind, apps: count }) => [kind, count])).toEqual([
    ['platform', 1],
    ['other', 1],
  ]);
});

test('a search finds names in any case, and kinds by their word', () => {
  const apps = [
    { name: 'Claims assistant', kind: 'bot' },
    { name: 'HR portal', kind: 'app' },
  ];
  expect(matchingApps(apps, ' CLAIMS ')).toHaveLength(1);
  expect(matchingApps(apps, 'app').map(({ name }) => name)).toEqual(['HR portal']);
  expect(matchingApps(apps, '')).toHaveLength(2);
});

test('while records have not moved, each version says its own: none is counted where it is to go', () => {
  const view = sampleView({
    versionNumber: 2,
    versions: [
      sampleVersion({ number: 2, current: true, records: 0 }),
      sampleVersion({ number: 1, current: false, records: 301 }),
    ],
  });
  expect(shares(view)[0]?.label).toBe(
    'Your key · 11 apps and bots · 0 records under version 2 · 301 records under version 1',
  );
});

test('what a key that refuses protects is unreadable, without a number where nothing is stored here', () => {
  const health = { state: 'revoked', cause: null, since: null, at: null, providerRequestId: null } as const;
  const label = (version: Parameters<typeof sampleVersion>[0]) =>
    shares(sampleView({ health, versions: [sampleVersion({ health, ...version })] }))[0];
  expect(label({})).toMatchObject({ kind: 'lost', label: 'Unreadable · 11 apps and bots · 4,612 records' });
  expect(label({ records: 0 })?.label).toBe('Unreadable · 11 apps and bots');
});

test('apps are counted by what protects them, and one that cannot be read is not counted as protected', () => {
  const apps = [
    sampleApp(0, { kind: 'version', keyId: 'key-1', number: 1, revoked: true }),
    sampleApp(1, { kind: 'version', keyId: 'key-1', number: 1, revoked: true }),
    sampleApp(2, { kind: 'platform' }),
  ];
  expect(protectionCounts({ id: 'key-1', apps })).toEqual([
    { label: 'Version 1, revoked', tone: 'bad', apps: 2, dataKeys: 2, records: 800 },
    { label: 'Platform key', tone: 'idle', apps: 1, dataKeys: 1, records: 400 },
  ]);
});
