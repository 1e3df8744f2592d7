import { expect, it } from 'vitest';
import { actionErrorWords, needsReload } from './action-error-words.ts';

const conflict = {
  code: 'conflict' as const,
  requestId: 'r-1',
  details: { by: 'second@acme.example', change: 'rotated it', revision: 7 },
};

it('says of a conflict who was first, with what, and that the answer is to reload', () => {
  expect(actionErrorWords(conflict)).toMatchObject({ requestId: 'r-1' });
  expect(actionErrorWords(conflict).meaning).toMatch(/^second@acme\.example rotated it \(revision 7\)\. /);
  expect(needsReload(conflict)).toBe(true);
});

it('says to whoever was first in another window that it was they', () => {
  const own = actionErrorWords({ ...conflict, details: { ...conflict.details, own: 'yes' } });
  expect(own.title).toBe('You changed this in another window.');
  expect(own.meaning).toMatch(/^You rotated it \(revision 7\)\. /);
  expect(actionErrorWords(conflict).title).toBe('Someone else changed this first.');
});

it('says a cause once, where the reason ends in it', () => {
  const details = { reason: 'It cannot be reached. The key is disabled.', cause: 'The key is disabled.' };
  const { meaning = '' } = actionErrorWords({ code: 'key-revoked', requestId: 'r-3', details });
  expect(meaning.match(/disabled/g)).toHaveLength(1);
});

it('says the reason of a refusal before what it means in general', () => {
  const refused = { code: 'key-revoked' as const, requestId: 'r-2', details: { reason: 'The key is disabled.' } };
  expect(actionErrorWords(refused).meaning).toMatch(/^The key is disabled\. /);
  expect(needsReload(refused)).toBe(false);
});

it('does not claim to know what happened where no answer came', () => {
  expect(actionErrorWords('no-answer').meaning).toContain('could not confirm');
});
