import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { failureWordsOf, lossWordsOf } from '../failure-words.ts';
import { kmsFailures } from '../kms-failure.ts';
import { lossCauses } from '../loss-causes.ts';
import { message } from './catalogue.ts';
import { healthMessage } from './health-message.ts';
import { isSameMessage, type Message, said, storedMessage } from './message.ts';
import { wordsOf } from './words.ts';

describe('a message', () => {
  const simple = fc.oneof(
    fc.string().map(said),
    fc.constantFrom(...(Object.keys(kmsFailures) as (keyof typeof kmsFailures)[])).map((failure) => {
      return message('kms-failure', { provider: 'aws', failure });
    }),
    fc.record({ count: fc.nat(), recordId: fc.uuid() }).map((args) => message('records-do-not-open', args)),
  );
  const messages = fc.oneof(
    simple,
    fc
      .record({ reason: fc.option(simple), count: fc.nat(), total: fc.nat() })
      .map((args) => message('data-keys-left-behind', args)),
  );

  it('that is stored and read again has the same words, in whichever order its arguments come back', () => {
    fc.assert(
      fc.property(messages, (one) => {
        const stored = JSON.parse(JSON.stringify({ args: turned(one.args), code: one.code }));
        const back = storedMessage(stored);
        expect(wordsOf(back)).toBe(wordsOf(one));
        expect(isSameMessage(back, one)).toBe(true);
      }),
    );
  });

  it('of a row from before messages is what was written there, word for word', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(wordsOf(storedMessage(null, text))).toBe(text);
      }),
    );
    expect(storedMessage(null, '')).toBeNull();
    expect(wordsOf(storedMessage(null, null))).toBe('');
  });

  it('is another one with another code or argument', () => {
    const one = message('records-do-not-open', { count: 2, recordId: 'a' });
    expect(isSameMessage(one, message('records-do-not-open', { count: 3, recordId: 'a' }))).toBe(false);
    expect(isSameMessage(one, { ...one, code: 'said' })).toBe(false);
    expect(isSameMessage(one, null)).toBe(false);
    expect(isSameMessage(null, null)).toBe(true);
  });

  it.each(['no-such-code', 'aws/no-such-code', 'nobody/said', 'toString', '/said'])(
    'that this version does not know says its code: %s',
    (code) => {
      expect(wordsOf({ code, args: {} })).toBe(`This version of Keyward has no words for “${code}”.`);
    },
  );
});

describe('why a key cannot be reached', () => {
  const at = new Date('2026-12-03T09:12:00Z');
  const none = { provider: 'aws', healthFailure: null, keyDeletedAt: null, healthCause: null };

  it('is the cause of its loss, with the day of its deletion', () => {
    for (const cause of Object.keys(lossCauses) as (keyof typeof lossCauses)[]) {
      const lost = healthMessage('revoked', { ...none, healthFailure: cause, keyDeletedAt: at });
      expect(wordsOf(lost)).toBe(lossWordsOf('aws', cause, { deletedAt: at.toISOString() }).meaning);
    }
    const lost = healthMessage('revoked', { ...none, healthFailure: 'deletion-scheduled', keyDeletedAt: at });
    expect(wordsOf(lost)).toContain('on 3 December 2026, 09:12 UTC.');
  });

  it('is the failure of an outage, where a loss has the same code', () => {
    const failure = 'access-key-secret-wrong';
    expect(wordsOf(healthMessage('outage', { ...none, healthFailure: failure }))).toBe(
      failureWordsOf('aws', failure).meaning,
    );
    expect(wordsOf(healthMessage('revoked', { ...none, healthFailure: failure }))).toBe(
      lossWordsOf('aws', failure).meaning,
    );
  });

  it('is what an older version wrote, as it wrote it', () => {
    const old: Message | null = healthMessage('outage', { ...none, healthCause: 'AWS did not answer in time.' });
    expect(wordsOf(old)).toBe('AWS did not answer in time.');
  });

  it('is nothing while it can', () => {
    for (const health of ['healthy', 'degraded', 'not-yet-checked'] as const)
      expect(healthMessage(health, { ...none, healthFailure: 'key-disabled' })).toBeNull();
  });
});

function turned(args: Message['args']): Message['args'] {
  return Object.fromEntries(Object.entries(args).reverse());
}
