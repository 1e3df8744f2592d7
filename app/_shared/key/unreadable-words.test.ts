import { expect, test } from 'vitest';
import type { UnreadableVersion } from '#lib/byok/key-views.ts';
import { nextStepOf } from '../../(admin)/enterprise-key/_key-list/next-step.ts';
import { noticesFor } from '../../(admin)/enterprise-key/_key-page/notices.ts';
import { sampleView } from './sample-view.fixture.ts';
import { statusSummary } from './status-summary.ts';

const lost: UnreadableVersion = {
  number: 1,
  provider: 'aws',
  apps: 12,
  dataKeys: 12,
  records: 301,
  health: {
    state: 'revoked',
    cause: 'No policy of the role or user allows this call on the key any longer.',
    next: 'Apply the permission policy from the hand-over.',
    since: '2026-11-22T12:00:00.000Z',
    at: null,
    providerRequestId: null,
  },
};
const view = (more: Partial<UnreadableVersion> = {}) =>
  sampleView({ versionNumber: 2, unreadable: [{ ...lost, ...more }] });

test('an older version that cannot be read comes first: how much, why, since when, and the one next step', () => {
  const [notice] = noticesFor(view());
  expect(notice).toMatchObject({
    id: 'unreadable-1',
    tone: 'bad',
    title: '301 records under version 1 cannot be read.',
  });
  const text = notice?.sentences.join(' ');
  expect(text).toContain('allows this call on the key any longer. Since 22 November 2026');
  expect(text).toContain('12 apps and bots have stored data there');
  expect(text).toContain('Apply the permission policy from the hand-over.');
  expect(noticesFor(view()).map(({ id }) => id)).not.toContain('prove');
});

test('the status summary and the next step say it, too', () => {
  const summary = statusSummary(view(), { appsTotal: 12, cacheTtlSeconds: 60 });
  expect(summary.map(({ text }) => text).join('')).toMatch(/ 301 records under version 1 cannot be read now\.$/);
  expect(nextStepOf(view(), 'admin').text).toBe('Apply the permission policy from the hand-over.');
});

test('where nothing is stored here it is counted in data keys; an outage is none of the customer’s acts', () => {
  expect(noticesFor(view({ records: 0 }))[0]?.title).toBe('12 data keys under version 1 cannot be read.');
  const outage = { ...lost.health, state: 'outage', cause: null, next: null } as const;
  expect(noticesFor(view({ health: outage }))[0]).toMatchObject({ tone: 'warn' });
});
