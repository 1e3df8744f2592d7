import { describe, expect, it } from 'vitest';
import type { AliasWatch } from '#lib/byok/alias-watch.ts';
import { sampleView } from '../../../_shared/key/sample-view.fixture.ts';
import { aliasNotice } from './alias-words.ts';
import { noticesFor } from './notices.ts';

const other = 'arn:aws:kms:us-east-1:111122223333:key/00000000-12ab-34cd-56ef-1234567890ab';
const drifted: AliasWatch = {
  keyRef: 'arn:aws:kms:us-east-1:111122223333:alias/byok-prod',
  state: 'elsewhere',
  seenAt: '2026-11-22T12:05:00.000Z',
  driftedAt: '2026-11-22T12:00:00.000Z',
  leadsTo: other,
};

describe('an alias that leads elsewhere', () => {
  it('is told with where it leads, what stays, and Rotate Key as the next step', () => {
    const notice = aliasNotice(sampleView({ aliasWatch: drifted }));
    const text = notice?.sentences.join(' ') ?? '';
    expect(text).toContain(other);
    expect(text).toMatch(/Your data stays under arn:aws:kms:\S+ until you rotate/);
    expect(notice?.link).toMatchObject({ label: 'Rotate Key', command: 'rotate' });
    expect(noticesFor(sampleView({ aliasWatch: drifted })).map(({ id }) => id)).toContain('alias');
  });

  it('that is gone is not to be followed', () => {
    const gone = { ...drifted, state: 'gone', leadsTo: null } as const;
    expect(aliasNotice(sampleView({ aliasWatch: gone }))?.sentences.join(' ')).toMatch(/or recreate the alias/);
  });

  it.each(['here', 'not-permitted', 'not-looked'] as const)('is no news where it is “%s”', (state) => {
    expect(aliasNotice(sampleView({ aliasWatch: { ...drifted, state, driftedAt: null, leadsTo: null } }))).toBeNull();
  });

  it('does not matter any more to a key that is being reverted', () => {
    expect(aliasNotice(sampleView({ aliasWatch: drifted, state: 'reverting' }))).toBeNull();
  });
});
