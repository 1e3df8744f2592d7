import { expect, test } from 'vitest';
import type { KeyFacts } from '#lib/byok/key-facts.ts';
import type { HealthView } from '#lib/byok/key-views.ts';
import {
  connected,
  sampleDetails,
  sampleTransition,
  sampleVersion,
  sampleView,
} from '../../../_shared/key/sample-view.fixture.ts';
import { statusSummary } from '../../../_shared/key/status-summary.ts';
import { noticesFor } from './notices.ts';

const health = (state: HealthView['state'], cause: string | null = null): HealthView => ({
  state,
  cause,
  since: '2026-11-22T12:00:00.000Z',
  at: '2026-11-22T12:00:00.000Z',
  providerRequestId: 'req-1',
});

const sampleFacts: KeyFacts = {
  origin: 'EXTERNAL',
  validTo: null,
  multiRegion: 'single',
  customKeyStoreId: null,
  rotatesByItself: null,
  description: '',
  aliases: null,
  tags: null,
  generates: true,
  seenAt: '2026-11-22T12:00:00Z',
};

const failing = sampleTransition({
  kind: 'activate',
  phase: 'testing',
  attempts: 2,
  failure: { code: 'key-misconfigured', detail: 'STS refused to assume the role.' },
  nextTryAt: '2026-11-22T14:32:10.000Z',
  apps: { total: 11, done: 0 },
  dataKeys: { total: 0, done: 0, failed: 0, left: 0 },
  startedAt: null,
});

test('a failed activation says when it is tried again, why, what follows and what to do', () => {
  const [notice] = noticesFor(
    sampleView({ status: 'Activating', state: 'scheduled', appsUnderKey: 0, transition: failing, health: null }),
  );
  expect(notice).toMatchObject({ id: 'failed', tone: 'bad', title: 'Activation failed, next try at 14:32:10 UTC' });
  expect(notice?.sentences).toContain('STS refused to assume the role.');
  expect(notice?.sentences).toContain('Everything stays on the platform key until a try succeeds.');
  expect(notice?.link?.href).toBe('/enterprise-key/key-1/setup/test');
});

test('an activation that failed half way does not claim that nothing has moved', () => {
  const [notice] = noticesFor(sampleView({ status: 'Activating', appsUnderKey: 3, transition: failing }));
  expect(notice?.sentences.join(' ')).toContain('What has moved stays under your key');
  expect(notice?.sentences.join(' ')).not.toContain('Everything stays');
});

test('a revoked key says its cause, how much cannot be read, and how it heals', () => {
  const [notice] = noticesFor(sampleView({ health: health('revoked', 'AWS says that the key is disabled') }));
  expect(notice?.id).toBe('revoked');
  const text = notice?.sentences.join(' ');
  expect(text).toContain('AWS says that the key is disabled. Since 22 November 2026');
  expect(text).toContain('4,612 records of 11 apps and bots');
  expect(text).toContain('nothing falls back to the platform key');
  expect(text).toContain('enable the key in AWS');
});

test('where nothing is stored here, it is not said that 0 records cannot be read', () => {
  const versions = [{ ...sampleVersion({ records: 0 }), health: health('revoked') }];
  const [notice] = noticesFor(sampleView({ health: health('revoked'), versions }));
  expect(notice?.sentences.join(' ')).toContain('Data of 11 apps and bots cannot be read');
});

test('an answer that has grown old is no reason to say that nothing needs doing', () => {
  const notices = noticesFor(sampleView({ health: { ...health('healthy'), old: true } }));
  expect(notices.map(({ id }) => id)).toEqual(['unchecked']);
  expect(notices[0]?.sentences.join(' ')).toContain('Select Check now');
});

test('a revoked key shows the one remedy of its cause', () => {
  const next = 'Cancel the deletion in AWS KMS before 3 December 2026, 09:12 UTC, then enable the key.';
  const [notice] = noticesFor(sampleView({ health: { ...health('revoked'), next } }));
  expect(notice?.sentences).toContain(`If this was not intended: ${next}`);
});

test('an outage is never called a revocation', () => {
  const [notice] = noticesFor(sampleView({ health: health('outage') }));
  expect(notice).toMatchObject({ id: 'outage', tone: 'warn' });
  expect(notice?.sentences.join(' ')).toContain('at most 60 seconds');
});

test('what backups still hold is told with both dates, and never as gone', () => {
  const view = sampleView({
    backups: {
      records: 5000,
      outside: false,
      olderThan: '2026-11-22T11:00:00.000Z',
      until: '2026-12-22T11:00:00.000Z',
    },
  });
  const notice = noticesFor(view).find(({ id }) => id === 'backups');
  expect(notice?.sentences[0]).toBe(
    '5,000 records remain openable from backups older than 22 November 2026 with the platform root key, until 22 December 2026.',
  );
});

test('data outside alone is told of, without a number that nobody knows', () => {
  const dates = { olderThan: '2026-11-22T11:00:00.000Z', until: '2026-12-22T11:00:00.000Z' };
  const told = (records: number) =>
    noticesFor(sampleView({ backups: { records, outside: true, ...dates } })).find(({ id }) => id === 'backups');
  expect(told(0)?.title).toBe('Data outside remains openable from old backups');
  expect(told(0)?.sentences[0]).toMatch(/^An unknown number of envelopes that services hold outside remain openable/);
  expect(told(1)?.sentences[0]).toMatch(/^1 record and an unknown number of envelopes .* remain openable/);
});

test('a scheduled key says when it begins and how to edit it', () => {
  const [notice, copy] = noticesFor(
    sampleView({
      status: 'Scheduled',
      state: 'scheduled',
      appsUnderKey: 0,
      health: null,
      enforcementAt: '2026-12-01T08:00:00.000Z',
      hasWorkingCopy: true,
    }),
  );
  expect(notice).toMatchObject({
    id: 'scheduled',
    title: 'Encryption under your key begins on 1 December 2026, 09:00 CET',
    link: { label: 'Edit', href: '/enterprise-key/key-1/setup/provider' },
  });
  expect(copy?.id).toBe('working-copy');
});

test('a healthy active key has nothing to do but to be proved', () => {
  expect(noticesFor(sampleView()).map(({ id }) => id)).toEqual(['prove']);
});

test('a key that is not active is told nothing about its health', () => {
  const view = sampleView({ status: 'Draft', state: 'draft', appsUnderKey: 0, health: health('revoked') });
  expect(noticesFor(view).map(({ id }) => id)).toEqual(['draft']);
});

const rotating = { status: 'Rotating', state: 'rotating', versionNumber: 2 } as const;

test('a running rotation asks for nothing but that the old key stays enabled', () => {
  const [notice] = noticesFor(sampleView({ ...rotating, transition: sampleTransition() }));
  expect(notice).toMatchObject({ id: 'under-way', tone: 'info', title: 'Rotating to version 2' });
  expect(notice?.sentences.join(' ')).toContain('Keep the key of the version before enabled');
});

test('a stuck rotation is not called an activation, and says where everything is', () => {
  const transition = sampleTransition({
    failure: { code: 'key-revoked', detail: 'AWS says that the key is disabled.' },
    nextTryAt: '2026-11-22T14:32:10.000Z',
    attempts: 3,
  });
  const [notice] = noticesFor(sampleView({ ...rotating, transition }));
  expect(notice?.title).toBe('The rotation is stuck, next try at 14:32:10 UTC');
  const text = notice?.sentences.join(' ');
  expect(text).toContain('what has not stays under the version before');
  expect(text).toContain('Enable the key in AWS');
  expect(text).toContain('3 tries so far.');
});

test('an incomplete transition keeps the old version from being retired, and is led to', () => {
  const transition = sampleTransition({
    triedAt: '2026-11-22T12:00:00.000Z',
    dataKeys: { total: 20, done: 18, failed: 2, left: 0 },
    nextTryAt: '2026-11-22T14:32:10.000Z',
  });
  const [notice] = noticesFor(sampleView({ transition, versionNumber: 2 }));
  expect(notice).toMatchObject({
    id: 'incomplete',
    title: 'Rotation: 2 data keys could not be moved, next try at 14:32:10 UTC',
    link: { href: '#incomplete' },
  });
  expect(notice?.sentences.join(' ')).toContain('the old version cannot be retired');
});

test('a paused transition says by whom, and that nothing is lost by it', () => {
  const transition = sampleTransition({ paused: { at: '2026-11-22T12:00:00.000Z', by: 'admin@acme.example' } });
  const [notice] = noticesFor(sampleView({ ...rotating, transition }));
  expect(notice).toMatchObject({ id: 'paused', title: 'Rotation paused by admin@acme.example' });
  expect(notice?.sentences[0]).toBe('14 older data keys wait until it is resumed.');
});

test('a rotation that waits to be begun is told with the way to it', () => {
  const rotation = {
    ...connected,
    provider: 'aws' as const,
    authMode: 'assume-role' as const,
    secret: null,
    keyRef: 'arn:aws:kms:us-east-1:1:key/2',
    report: null,
  };
  const [notice] = noticesFor(sampleView({ rotation }));
  expect(notice).toMatchObject({
    id: 'prepared',
    title: 'A rotation is prepared but not begun.',
    link: { href: '/enterprise-key/key-1/rotate', command: 'rotate' },
  });
  expect(notice?.sentences).toContain('It has not been tested yet.');
});

test('a return to the platform key asks that the key stays enabled', () => {
  const [notice] = noticesFor(
    sampleView({
      status: 'Reverting',
      state: 'reverting',
      appsUnderKey: 0,
      transition: sampleTransition({ kind: 'revert' }),
    }),
  );
  expect(notice?.sentences.join(' ')).toContain('Keep your key enabled in AWS');
});

test('a key that refuses on the way back is told of, though new data no longer needs it', () => {
  const notices = noticesFor(
    sampleView({
      status: 'Reverting',
      state: 'reverting',
      appsUnderKey: 0,
      health: health('revoked', 'The key is disabled.'),
      transition: sampleTransition({ kind: 'revert' }),
    }),
  );
  const text = notices.find(({ id }) => id === 'revoked')?.sentences.join(' ');
  expect(text).toContain('4,612 records cannot be read');
});

test('a reverted key leads on to the others', () => {
  const notices = noticesFor(
    sampleView({
      status: 'Reverted',
      state: 'reverted',
      appsUnderKey: 0,
      versions: [sampleVersion({ current: false })],
    }),
  );
  expect(notices.map(({ id }) => id)).toEqual(['reverted']);
  expect(notices[0]?.sentences.join(' ')).toContain('safe to retire');
});

test('an old version says from when it can be retired, and only the server says that it can be', () => {
  const retirement = { safe: false, reasons: ['Used last on 22 November 2026.'], safeFrom: '2026-12-23T12:00:00.000Z' };
  const old = sampleVersion({ id: 'version-0', number: 1, current: false, dataKeys: 0, records: 0, retirement });
  const current = sampleVersion({ number: 2 });
  const waiting = noticesFor(sampleView({ versions: [current, old] }));
  expect(waiting.map(({ id, title }) => [id, title])).toEqual([
    ['retire', 'Version 1 can be retired on 23 December 2026.'],
    ['prove', 'Nothing needs doing.'],
  ]);
  const safe = { ...old, retirement: { safe: true, reasons: [], safeFrom: null } };
  expect(noticesFor(sampleView({ versions: [current, safe] }))[0]?.title).toBe('Version 1 is safe to retire.');
  const hanging = { ...old, retirement: { safe: false, reasons: ['3 data keys hang on it.'], safeFrom: null } };
  expect(noticesFor(sampleView({ versions: [current, hanging] })).map(({ id }) => id)).toEqual(['prove']);
});

test('imported material that expires is told of from 30 days before, with what to do, and only while it matters', () => {
  const expiring = (daysLeft: number, more = {}) =>
    noticesFor(
      sampleView({
        details: sampleDetails({ facts: { ...sampleFacts, validTo: '2026-12-01T00:00:00Z' }, daysLeft }),
        ...more,
      }),
    ).find(({ id }) => id === 'expires');
  expect(expiring(31)).toBeUndefined();
  expect(expiring(30)).toMatchObject({ tone: 'warn', when: '2026-12-01T00:00:00Z' });
  expect(expiring(1)?.sentences[0]).toMatch(/^1 day is left/);
  expect(expiring(0)).toMatchObject({
    tone: 'bad',
    sentences: [expect.stringMatching(/^Less than a day is left/), expect.stringMatching(/Import the same material/)],
  });
  expect(expiring(1, { state: 'reverted', status: 'Reverted', appsUnderKey: 0, versions: [] })).toBeUndefined();
});

test('a key that this version does not know how to reach is called neither lost nor well, before all else', () => {
  const view = sampleView({ unknownConnection: { provider: 'gcp', authMode: 'assume-role' } });
  const [notice] = noticesFor(view);
  expect(notice).toMatchObject({ id: 'unknown-connection', title: 'Keyward does not know how this key is connected.' });
  expect(notice?.sentences[0]).toMatch(/“gcp”.*“assume-role”/);
  expect(notice?.sentences.join(' ')).toMatch(/cannot be read meanwhile\. The key was not taken away/);
  expect(noticesFor(view).map(({ id }) => id)).not.toContain('prove');
});

test('of a key that refuses, what lies under an older version that answers is not called unreadable', () => {
  const refused = { ...sampleVersion({ number: 2, records: 40 }), health: health('revoked', 'The key is disabled.') };
  const before = { ...sampleVersion({ number: 1, current: false, records: 360 }), health: health('healthy') };
  const [notice] = noticesFor(sampleView({ health: refused.health, versions: [refused, before], appsUnderKey: 3 }));
  expect(notice?.sentences.join(' ')).toContain('40 records of 3 apps and bots cannot be read');
});

test('the sentence at the top, and what tells why, count the same', () => {
  const failed = sampleTransition({
    kind: 'rotate',
    triedAt: '2026-11-22T12:00:00.000Z',
    dataKeys: { total: 12, done: 7, failed: 2, left: 3 },
    records: { total: 60, done: 20, failed: 1, left: 39 },
  });
  const paused = { ...failed, triedAt: null, paused: { by: 'admin@acme.example', at: '2026-11-22T12:00:00.000Z' } };
  for (const [transition, counted] of [
    [failed, /\b2 (?:older )?data keys?\b/],
    [paused, /\b5 older data keys\b/],
  ] as const) {
    const view = sampleView({ status: 'Rotating', state: 'rotating', transition });
    const notice = noticesFor(view).find(({ id }) => id === 'incomplete' || id === 'paused');
    expect(`${notice?.title} ${notice?.sentences.join(' ')}`).toMatch(counted);
    const sentence = statusSummary(view, { appsTotal: 12, cacheTtlSeconds: 60 })
      .map(({ text }) => text)
      .join('');
    expect(sentence).toMatch(counted);
  }
});
