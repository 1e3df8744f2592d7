import { expect, it } from 'vitest';
import { expectShort } from '../../../_shared/command/testing/expect-short.ts';
import { rotateConsequences } from './rotate-words.ts';

it('says which version to keep, and whether records are rewritten', () => {
  const view = { id: 'key-1', apps: [], versionNumber: 3, details: { provider: 'aws' } };
  const text = (reencrypt: boolean) => expectShort(rotateConsequences(view, reencrypt));
  expect(text(false)).toContain('Version 4 becomes active');
  expect(text(false)).toContain('version 3 is safe to retire');
  expect(text(false)).toContain('not rewritten');
  expect(text(true)).toContain('rewritten under the fresh data keys');
});
