import { describe, expect, it } from 'vitest';
import { connectionOf } from '../../byok/aws/testing/connection-of.ts';
import { storedConnection } from '../../byok/connection.ts';
import type { VersionRow } from '../../db/key-store.ts';
import { backupsOf } from './backups.ts';
import { toVersions, type VersionFacts } from './versions.ts';

const now = new Date('2026-12-20T12:00:00Z');
const day = (n: number) => new Date(now.getTime() - n * 86_400_000);
const version = (number: number, more: Partial<VersionRow> = {}): VersionRow => ({
  id: `v${number}`,
  keyId: 'k',
  tenantId: 't',
  number,
  ...storedConnection(connectionOf()),
  location: 'us-east-1',
  externalId: 'x',
  keyRef: 'key',
  keyRefIsAlias: false,
  pinnedKeyRef: `key-${number}`,
  secretId: null,
  generates: true,
  facts: null,
  aliasSeenAt: null,
  aliasDriftAt: null,
  aliasKeyRef: null,
  epoch: 1,
  health: 'healthy',
  healthCause: null,
  healthFailure: null,
  keyDeletedAt: null,
  healthSince: null,
  healthAt: null,
  healthRequest: null,
  healthAction: null,
  healthCode: null,
  madeBy: 'admin@acme.example',
  lastUsedAt: day(40),
  createdAt: day(100),
  ...more,
});
const hanging = (keyVersionId: string | null, dataKeys: number, records: number) => ({
  appId: 'a',
  keyVersionId,
  dataKeys,
  records,
  recordsPending: 0,
  keptDataKeys: 0,
});
const retired = (facts: Partial<VersionFacts>) =>
  toVersions({
    versions: [version(2, { lastUsedAt: now }), version(1)],
    currentVersionId: 'v2',
    apps: [{ keyVersionId: 'v2', wrappings: [hanging('v2', 1, 5)] }],
    stuck: new Map(),
    needing: [],
    retentionDays: 31,
    cacheTtlSeconds: 60,
    consoleUrlOf: () => '',
    now,
    ...facts,
  });

describe('whether a key version is safe to retire', () => {
  it('the active one is not, and says what hangs on it', () => {
    const [current] = retired({});
    expect(current).toMatchObject({ current: true, dataKeys: 1, records: 5 });
    const reasons = ['It is active now.', '1 data key (5 records) still uses it.'];
    expect(current?.retirement).toEqual({ safe: false, reasons, safeFrom: null });
  });

  it('an old one is, once nothing hangs on it and its retention has passed', () => {
    expect(retired({})[1]).toMatchObject({ dataKeys: 0, retirement: { safe: true, reasons: [], safeFrom: null } });
  });

  it('until then it says which day it was used last, and from when on it is safe', () => {
    const [, old] = retired({ versions: [version(2), version(1, { lastUsedAt: day(30) })] });
    const reasons = ['It was last used on 20 November 2026; its retention of 31 days has not passed.'];
    expect(old?.retirement).toEqual({ safe: false, reasons, safeFrom: '2026-12-21T12:00:00.000Z' });
  });

  it('one that was never used counts from when it was made', () => {
    const [, old] = retired({ versions: [version(2), version(1, { lastUsedAt: null, createdAt: day(1) })] });
    expect(old?.retirement.safe).toBe(false);
  });

  it('what hangs on it and what was not rewrapped from it stand against it, with the reason', () => {
    const [, old] = retired({
      apps: [{ keyVersionId: 'v2', wrappings: [hanging('v2', 1, 5), hanging('v1', 3, 1_200), hanging(null, 9, 9)] }],
      stuck: new Map([['v1', { dataKeys: 1, detail: 'The key is disabled.' }]]),
    });
    const reasons = [
      '3 data keys (1,200 records) still use it.',
      '1 data key could not be rewrapped from it: The key is disabled.',
    ];
    expect(old?.retirement).toEqual({ safe: false, reasons, safeFrom: null });
  });

  it('whatever else needs the same CMK stands against it: a version, a key, somebody else', () => {
    const needs = (more: Partial<VersionFacts['needing'][number]>) => [
      { id: 'x', number: 7, alias: 'other', tenantId: 't', pinnedKeyRef: 'key-1', ...more },
    ];
    const reasonsFor = (needing: VersionFacts['needing']) => retired({ needing })[1]?.retirement.reasons;
    expect(reasonsFor(needs({ id: 'v2', number: 2 }))).toEqual(['Version 2 needs the same CMK.']);
    expect(reasonsFor(needs({}))).toEqual(['Your key other needs the same CMK.']);
    expect(reasonsFor(needs({ tenantId: 'foreign' }))).toEqual(['Another tenant needs the same CMK.']);
    expect(reasonsFor(needs({ pinnedKeyRef: 'key-9' }))).toEqual([]);
  });

  it('an app that still belongs to it stands against it, though it has no data key yet', () => {
    const [, old] = retired({ apps: [{ keyVersionId: 'v1', wrappings: [] }] });
    expect(old?.retirement.reasons).toEqual(['1 app or bot uses it.']);
  });
});

describe('what backups still hold', () => {
  it('counts every taking over whose backups live, and the youngest of them', () => {
    const takenOver = [
      { records: 10, outside: false, endedAt: day(50) },
      { records: 20, outside: false, endedAt: day(30) },
      { records: 3, outside: false, endedAt: day(2) },
      { records: 0, outside: false, endedAt: null },
    ];
    const until = '2027-01-22T12:00:00.000Z';
    expect(backupsOf(takenOver, 35, now)).toEqual({
      records: 23,
      outside: false,
      olderThan: day(2).toISOString(),
      until,
    });
  });

  it('counts every backup made so far while records are still sealed again', () => {
    expect(backupsOf([{ records: 7, outside: false, endedAt: null }], 35, now)).toMatchObject({
      records: 7,
      olderThan: now.toISOString(),
    });
  });

  it('tells of data outside although no record is stored', () => {
    const until = '2027-01-22T12:00:00.000Z';
    const expected = { records: 0, outside: true, olderThan: day(2).toISOString(), until };
    expect(backupsOf([{ records: 0, outside: true, endedAt: day(2) }], 35, now)).toEqual(expected);
  });

  it('is nothing once they are gone', () => {
    expect(backupsOf([{ records: 10, outside: true, endedAt: day(35) }], 35, now)).toBeNull();
  });
});

it('tells nothing of the connection of a version that is reached in a way which this version does not know', () => {
  const unknown = version(1, { provider: 'gcp', authMode: 'assume-role' });
  const [shown] = retired({ versions: [unknown], currentVersionId: null });
  expect(shown).toMatchObject({
    unknownConnection: { provider: 'gcp', authMode: 'assume-role' },
    roleArn: '',
    accessKeyId: '',
    keyArn: '',
    pinnedKeyRef: 'key-1',
  });
});
