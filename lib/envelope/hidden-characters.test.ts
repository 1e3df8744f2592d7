import { expect, it } from 'vitest';
import { DataKey } from './data-key.ts';
import { parseEnvelope } from './format.ts';

/** Sealed before names and descriptions began to refuse such characters. A context is no text for people: it opens for ever. */
const envelope = 'AREREREiIkMzhERVVVVVVVUB6SSg/669yiAMk68JLCrTnQ+f7fyA19/JdkayfHPzjFJgzphQjkbPkVQskX0=';
const context = { 'na\u0000me': 'in\u202evoice', '\u2066a\u0085': '\u0007\n' };

const key = () =>
  DataKey.fromRaw({
    id: '11111111-2222-4333-8444-555555555555',
    tenantId: '66666666-7777-4888-8999-aaaaaaaaaaaa',
    appId: 'bbbbbbbb-cccc-4ddd-8eee-ffffffffffff',
    raw: Buffer.alloc(32, 7),
  });

it('an envelope whose context has NUL, controls and marks of direction opens, with exactly that context', () => {
  const parsed = parseEnvelope(Buffer.from(envelope, 'base64'));
  expect(key().open(parsed, context).toString()).toBe('hello');
  expect(() => key().open(parsed, { ...context, 'na\u0000me': 'invoice' })).toThrow();
});

it('and is sealed anew as before', () => {
  const again = key().seal(Buffer.from('hello'), context);
  expect(key().open(parseEnvelope(again), context).toString()).toBe('hello');
});
