import { expect, test } from 'vitest';
import { connected, sampleTransition, sampleView } from '../../../_shared/key/sample-view.fixture.ts';
import { statusSummary } from '../../../_shared/key/status-summary.ts';
import { noticesFor } from './notices.ts';

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

const rotating = { status: 'rotating', state: 'rotating', versionNumber: 2 } as const;

test('a failed activation says when it is tried again, why, what follows and what to do', () => {
  const [notice] = noticesFor(
    sampleView({ status: 'activating', state: 'scheduled', appsUnderKey: 0, transition: failing, health: null }),
  );
  expect(notice).toMatchObject({ id: 'failed', tone: 'bad', title: 'Activation failed, next try at 14:32:10 UTC' });
  expect(notice?.sentences).toContain('STS refused to assume the role.');
  expect(notice?.sentences).toContain('Everything stays on the platform key until a try succeeds.');
  expect(notice?.link?.href).toBe('/enterprise-key/key-1/setup/test');
});

test('an activation that failed half way does not claim that nothing has moved', () => {
  const [notice] = noticesFor(sampleView({ status: 'activating', appsUnderKey: 3, transition: failing }));
  expect(notice?.sentences.join(' ')).toContain('Moved data stays under your key');
  expect(notice?.sentences.join(' ')).not.toContain('Everything stays');
});

test('a running rotation asks for nothing but that the old key stays enabled', () => {
  const [notice] = noticesFor(sampleView({ ...rotating, transition: sampleTransition() }));
  expect(notice).toMatchObject({ id: 'under-way', tone: 'moving', title: 'Rotating to version 2' });
  expect(notice?.sentences.join(' ')).toContain('Keep the key of the previous version enabled');
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
  expect(text).toContain('The rest stays under the previous version');
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
    title: 'A rotation is prepared but not started.',
    link: { href: '/enterprise-key/key-1/rotate', command: 'rotate' },
  });
  expect(notice?.sentences).toContain('It has not been tested yet.');
});

test('a return to the platform key asks that the key stays enabled', () => {
  const [notice] = noticesFor(
    sampleView({
      status: 'reverting',
      state: 'reverting',
      appsUnderKey: 0,
      transition: sampleTransition({ kind: 'revert' }),
    }),
  );
  expect(notice?.sentences.join(' ')).toContain('Keep your key enabled in AWS');
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
    const view = sampleView({ status: 'rotating', state: 'rotating', transition });
    const notice = noticesFor(view).find(({ id }) => id === 'incomplete' || id === 'paused');
    expect(`${notice?.title} ${notice?.sentences.join(' ')}`).toMatch(counted);
    const sentence = statusSummary(view, { appsTotal: 12, cacheTtlSeconds: 60 })
      .map(({ text }) => text)
      .join('');
    expect(sentence).toMatch(counted);
  }
});
