import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { EnvelopeError, isDestroyed } from './errors.ts';

test('detail and cause are for the log: serialising or spreading the error does not carry them', () => {
  const error = new EnvelopeError('cannot-open', 'the inner reason', { cause: new Error('the cause') });
  expect(error.detail).toBe('the inner reason');
  expect(JSON.stringify({ ...error, message: error.message })).toBe(
    '{"name":"EnvelopeError","code":"cannot-open","message":"The envelope cannot be opened."}',
  );
  expect(error.message).not.toContain('reason');
  expect(inspect({ ...error })).not.toContain('reason');
});

test('a bad context says in its message what is wrong', () => {
  expect(new EnvelopeError('bad-context', 'It has 33 pairs.').message).toContain('It has 33 pairs.');
});

test('only destroyed asks for another try', () => {
  expect(isDestroyed(new EnvelopeError('destroyed', ''))).toBe(true);
  expect(isDestroyed(new EnvelopeError('cannot-open', ''))).toBe(false);
  expect(isDestroyed(Object.assign(new Error(), { code: 'destroyed' }))).toBe(false);
});
