import { expect, it } from 'vitest';
import { EnvelopeError } from '../envelope/errors.ts';
import { refusalOf } from './open-records.ts';

it('says of a data key that was taken away that we are unavailable, not that the data does not open', () => {
  expect(refusalOf(new EnvelopeError('destroyed', ''))).toMatchObject({ code: 'unavailable' });
  expect(refusalOf(new EnvelopeError('cannot-open', ''))).toMatchObject({ code: 'cannot-open' });
});
