import { expect, test } from 'vitest';
import type { HealthView } from '#lib/byok/views.ts';
import { noticesFor } from './notices.ts';
import { sampleMove, sampleView } from './sample-view.fixture.ts';

const health = (state: HealthView['state'], cause: string | null = null): HealthView => ({
  state,
  cause,
  since: '2026-11-22T12:00:00.000Z',
  at: '2026-11-22T12:00:00.000Z',
  awsRequestId: 'req-1',
});

const failing = sampleMove({
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
    sampleView({ status: 'Activating', state: 'scheduled', appsUnderKey: 0, move: failing, health: null }),
  );
  expect(notice).toMatchObject({ id: 'failed', tone: 'bad', title: 'Activation failed, next try at 14:32:10 UTC' });
  expect(notice?.sentences).toContain('STS refused to assume the role.');
  expect(notice?.sentences).toContain('Everything stays on the platform key until a try succeeds.');
  expect(notice?.link?.href).toBe('/enterprise-key/key-1/setup/test');
});

test('an activation that failed half way does not claim that nothing has moved', () => {
  const [notice] = noticesFor(sampleView({ status: 'Activating', appsUnderKey: 3, move: failing }));
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

test('an outage is never called a revocation', () => {
  const [notice] = noticesFor(sampleView({ health: health('outage') }));
  expect(notice).toMatchObject({ id: 'outage', tone: 'warn' });
  expect(notice?.sentences.join(' ')).toContain('at most 60 seconds');
});

test('what backups still hold is told with both dates, and never as gone', () => {
  const view = sampleView({
    backups: { records: 5000, olderThan: '2026-11-22T11:00:00.000Z', until: '2026-12-22T11:00:00.000Z' },
  });
  const notice = noticesFor(view).find(({ id }) => id === 'backups');
  expect(notice?.sentences[0]).toBe(
    '5,000 records remain openable from backups older than 22 November 2026 with the platform root key, until 22 December 2026.',
  );
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

test('a healthy key in force has nothing to do but to be proved', () => {
  expect(noticesFor(sampleView()).map(({ id }) => id)).toEqual(['prove']);
});

test('a key that is not in force is told nothing about its health', () => {
  const view = sampleView({ status: 'Draft', state: 'draft', appsUnderKey: 0, health: health('revoked') });
  expect(noticesFor(view).map(({ id }) => id)).toEqual(['draft']);
});
