import { describe, expect, it } from 'vitest';
import type { KeySummary } from '../../byok/key-views.ts';
import type { TransitionView } from '../../byok/transition-views.ts';
import { riskOf, toTenantRow } from './tenant-row.ts';

const tenant = {
  id: 't',
  name: 'Acme',
  reference: 'acme',
  homeRegion: 'us-east-1',
  regionPolicy: 'refuse',
  externalId: 'x',
  cacheTtlSeconds: 60,
  irreversibleAt: null,
} as const;
const none = { total: 0, done: 0, failed: 0, left: 0 };
const transition: TransitionView = {
  id: 'm',
  kind: 'rotate',
  phase: 'rewrapping',
  requestedBy: 'admin@acme.example',
  dueAt: '2026-12-01T00:00:00.000Z',
  attempts: 0,
  failure: null,
  nextTryAt: null,
  paused: null,
  apps: { total: 2, done: 2 },
  dataKeys: { total: 10, done: 7, failed: 0, left: 3 },
  records: none,
  failures: [],
  startedAt: '2026-12-01T00:00:01.000Z',
  triedAt: null,
  finishedAt: null,
};
const healthy = { state: 'healthy', cause: null, since: null, at: null, providerRequestId: null } as const;
const key = (more: Partial<KeySummary>): KeySummary => ({
  id: 'k',
  alias: 'main',
  description: '',
  state: 'active',
  status: 'active',
  health: healthy,
  provider: 'aws',
  unreadable: [],
  enforcementAt: null,
  keyRef: null,
  versionNumber: 2,
  lastTest: null,
  aliasWatch: null,
  unknownConnection: null,
  appsSelected: 2,
  appsUnderKey: 2,
  transition: null,
  ...more,
});
const rowOf = (more: Partial<KeySummary>) => toTenantRow(tenant, { total: 2 }, [key(more)]);
const left = { dataKeyId: 'd', appName: 'App 01', attempts: 1, lastAt: '' };
const failing = (code: 'key-revoked' | 'key-outage' | 'internal') => ({
  ...transition,
  failure: { code, detail: 'Why.' },
});
const incomplete = (code: 'key-revoked' | 'cannot-open') => ({
  ...transition,
  triedAt: '2026-12-01T00:01:00.000Z',
  dataKeys: { total: 10, done: 8, failed: 2, left: 0 },
  failures: [{ ...left, code, detail: 'Why.' }],
});

describe('what support reads of a key transition', () => {
  it.each([
    ['that runs', { status: 'rotating', transition }, 'Data keys move to version 2: 7 of 10 so far.', 'none'],
    [
      'that is paused',
      {
        status: 'rotating',
        transition: { ...transition, paused: { at: '2026-12-01T00:00:02.000Z', by: 'admin@acme.example' } },
      },
      'The rotation is paused by admin@acme.example.',
      'customer',
    ],
    ['back that runs', { status: 'reverting', transition }, 'Data keys return to the platform key: 7 of 10', 'none'],
    [
      'that AWS keeps waiting',
      { status: 'rotating', transition: failing('key-outage') },
      'The rotation is stuck: Why.',
      'provider',
    ],
    [
      'that the key refuses',
      { status: 'rotating', transition: failing('key-revoked') },
      'The rotation is stuck: Why.',
      'customer',
    ],
    [
      'that we broke',
      { status: 'reverting', transition: { ...failing('internal'), kind: 'revert' } },
      'platform key is stuck',
      'us',
    ],
    [
      'that is incomplete',
      { transition: incomplete('key-revoked') },
      'The rotation could not rewrap 2 data keys: Why.',
      'customer',
    ],
    ['that could not open something', { transition: incomplete('cannot-open') }, 'could not rewrap 2 data keys', 'us'],
    [
      'that only seals records again',
      {
        transition: {
          ...transition,
          triedAt: '2026-12-01T00:01:00.000Z',
          dataKeys: { total: 10, done: 10, failed: 0, left: 0 },
        },
      },
      '2 apps and bots use the customer’s key',
      'none',
    ],
    [
      'that is over',
      { transition: { ...transition, finishedAt: '2026-12-01T00:01:00.000Z' } },
      '2 apps and bots use the customer’s key',
      'none',
    ],
  ] as const)('%s', (_, more, cause, whoseMove) => {
    const row = rowOf(more as Partial<KeySummary>);
    expect(row).toMatchObject({ cause: expect.stringContaining(cause), whoseMove });
    expect(row.status).not.toBe('activation-failed');
  });

  it('is ours where a key is connected in a way that this version does not know, whatever else is with it', () => {
    const unknownConnection = { provider: 'gcp', authMode: 'assume-role' };
    for (const more of [
      {},
      { transition: failing('key-revoked') },
      { health: { ...healthy, state: 'outage' as const } },
    ]) {
      expect(rowOf({ unknownConnection, ...more })).toMatchObject({
        cause: expect.stringContaining('“gcp”'),
        whoseMove: 'us',
      });
    }
    expect(riskOf([key({ unknownConnection })])).toBe(riskOf([key({ transition: failing('internal') })]));
  });

  it('calls an activation alone a failed activation', () => {
    expect(rowOf({ status: 'activating', transition: { ...failing('key-outage'), kind: 'activate' } }).status).toBe(
      'activation-failed',
    );
  });
});

it('tells of an alias that leads elsewhere, before what is well and after what is stuck', () => {
  const aliasWatch = {
    keyRef: 'arn:aws:kms:us-east-1:111122223333:alias/byok-prod',
    state: 'gone',
    seenAt: '2026-12-01T00:05:00.000Z',
    driftedAt: '2026-12-01T00:00:00.000Z',
    leadsTo: null,
  } as const;
  expect(rowOf({ aliasWatch })).toMatchObject({
    cause: expect.stringMatching(/^The alias no longer exists\. Data stays under the active key/),
    since: aliasWatch.driftedAt,
    whoseMove: 'customer',
  });
  expect(rowOf({ aliasWatch: { ...aliasWatch, state: 'here', driftedAt: null } }).whoseMove).toBe('none');
  expect(riskOf([key({ aliasWatch })])).toBeGreaterThan(riskOf([key({})]));
  expect(riskOf([key({ aliasWatch })])).toBeLessThan(riskOf([key({ transition: failing('key-outage') })]));
});

it('puts what is stuck before what runs, and what runs before what is well', () => {
  const order = [
    key({ transition: failing('key-outage') }),
    key({ transition: incomplete('key-revoked') }),
    key({ status: 'reverting', transition }),
    key({}),
  ];
  const risks = order.map((one) => riskOf([one]));
  expect(risks).toEqual(risks.toSorted((a, b) => b - a));
  expect(new Set(risks).size).toBe(order.length);
  expect(riskOf([])).toBeLessThan(riskOf([key({})]));
});

describe('an older version that cannot be read', () => {
  const revoked = {
    ...healthy,
    state: 'revoked',
    cause: 'The key is disabled.',
    since: '2026-12-01T00:00:00.000Z',
  } as const;
  const unreadable = [{ number: 1, provider: 'aws', apps: 2, dataKeys: 4, records: 301, health: revoked }];

  it('is as bad as a revocation, and says how much of which version', () => {
    expect(rowOf({ unreadable })).toMatchObject({
      cause: '301 records under version 1 cannot be read: The key is disabled.',
      since: revoked.since,
      whoseMove: 'customer',
      appsAtRisk: 2,
    });
    expect(riskOf([key({ unreadable })])).toBe(riskOf([key({ health: revoked })]));
  });
});

describe('of several keys', () => {
  const draft = key({ id: 'draft', status: 'draft', state: 'draft', health: null, appsUnderKey: 0 });
  const scheduled = key({ id: 'scheduled', status: 'scheduled', state: 'scheduled', health: null, appsUnderKey: 0 });
  const active = key({ id: 'active', status: 'active', health: healthy, appsUnderKey: 1 });
  it('the row speaks of the active one rather than of what is being prepared, and of the worst as soon as one is bad', () => {
    for (const keys of [
      [draft, scheduled, active],
      [active, scheduled, draft],
    ])
      expect(toTenantRow(tenant, { total: 1 }, keys)).toMatchObject({
        keyId: 'active',
        status: 'active',
        whoseMove: 'none',
      });
    expect(toTenantRow(tenant, { total: 1 }, [draft, scheduled])).toMatchObject({ keyId: 'scheduled' });
    const outage = key({ id: 'outage', status: 'active', health: { ...healthy, state: 'outage' } });
    expect(toTenantRow(tenant, { total: 1 }, [active, outage])).toMatchObject({ keyId: 'outage' });
  });
});
