import { expect, test } from 'vitest';
import type { KeyFacts } from '#lib/byok/key-facts.ts';
import type { HealthView } from '#lib/byok/key-views.ts';
import {
  sampleDetails,
  sampleTransition,
  sampleVersion,
  sampleView,
} from '../../../_shared/key/sample-view.fixture.ts';
import { noticesFor } from './notices.ts';

const health = (state: HealthView['state'], cause: string | null = null): HealthView => ({
  state,
  cause,
  since: '2026-11-22T12:00:00.000Z',
  at: '2026-11-22T12:00:00.000Z',
  providerRequestId: 'req-1',
});

const sampleFacts: KeyFacts = {
  described: true,
  validTo: null,
  rotatesByItself: null,
  description: '',
  aliases: null,
  tags: null,
  generates: true,
  seenAt: '2026-11-22T12:00:00Z',
  own: {},
};

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

test('an answer that has grown old is no reason to say that no action is needed', () => {
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
  expect(notice).toMatchObject({
    title: 'The last backup from before your key expires.',
    day: '2026-12-22T11:00:00.000Z',
  });
  expect(notice?.sentences).toEqual([
    'Until then, 5,000 records can be decrypted with the platform key from backups older than 22 November 2026.',
    'Disabling your key does not prevent this.',
  ]);
});

test('data outside alone is told of, without a number that nobody knows', () => {
  const dates = { olderThan: '2026-11-22T11:00:00.000Z', until: '2026-12-22T11:00:00.000Z' };
  const told = (records: number) =>
    noticesFor(sampleView({ backups: { records, outside: true, ...dates } })).find(({ id }) => id === 'backups');
  expect(told(0)?.sentences[0]).toMatch(
    /^Until then, an unknown number of envelopes that services hold outside can be decrypted/,
  );
  expect(told(1)?.sentences[0]).toMatch(/^Until then, 1 record and an unknown number of envelopes .* can be decrypted/);
});

test('a scheduled key says when it begins and how to edit it', () => {
  const [notice, copy] = noticesFor(
    sampleView({
      status: 'scheduled',
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
  const view = sampleView({ status: 'draft', state: 'draft', appsUnderKey: 0, health: health('revoked') });
  expect(noticesFor(view).map(({ id }) => id)).toEqual(['draft']);
});

test('a key that refuses on the way back is told of, though new data no longer needs it', () => {
  const notices = noticesFor(
    sampleView({
      status: 'reverting',
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
      status: 'reverted',
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
  expect(waiting.map(({ id, title, day }) => [id, title, day])).toEqual([
    ['retire', 'Version 1 can be disabled in AWS.', '2026-12-23T12:00:00.000Z'],
    ['prove', 'No action needed.', undefined],
  ]);
  expect(waiting[0]?.sentences).toEqual(['Keep its key enabled until then.']);
  const safe = { ...old, retirement: { safe: true, reasons: [], safeFrom: null } };
  expect(noticesFor(sampleView({ versions: [current, safe] }))[0]?.title).toBe('Version 1 is safe to retire.');
  const hanging = { ...old, retirement: { safe: false, reasons: ['3 data keys still use it.'], safeFrom: null } };
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
  expect(expiring(1, { state: 'reverted', status: 'reverted', appsUnderKey: 0, versions: [] })).toBeUndefined();
});

test('a key that this version does not know how to reach is called neither lost nor well, before all else', () => {
  const view = sampleView({ unknownConnection: { provider: 'gcp', authMode: 'assume-role' } });
  const [notice] = noticesFor(view);
  expect(notice).toMatchObject({ id: 'unknown-connection', title: 'Keyward does not know how this key is connected.' });
  expect(notice?.sentences[0]).toMatch(/“gcp”.*“assume-role”/);
  expect(notice?.sentences.join(' ')).toMatch(/cannot be read meanwhile\. This is not a revocation/);
  expect(noticesFor(view).map(({ id }) => id)).not.toContain('prove');
});

test('of a key that refuses, what lies under an older version that answers is not called unreadable', () => {
  const refused = { ...sampleVersion({ number: 2, records: 40 }), health: health('revoked', 'The key is disabled.') };
  const before = { ...sampleVersion({ number: 1, current: false, records: 360 }), health: health('healthy') };
  const [notice] = noticesFor(sampleView({ health: refused.health, versions: [refused, before], appsUnderKey: 3 }));
  expect(notice?.sentences.join(' ')).toContain('40 records of 3 apps and bots cannot be read');
});
