import { expect, it } from 'vitest';
import { untilLeft } from './until-left.ts';

function watched() {
  const seen: string[] = [];
  async function* events() {
    try {
      yield 1;
      yield 2;
    } catch {
      seen.push('failed');
    } finally {
      seen.push('ended');
    }
  }
  return { seen, events: events() };
}

it('hands on every event and ends with the last', async () => {
  const { seen, events } = watched();
  const read: number[] = [];
  for await (const event of untilLeft(events)) read.push(event);
  expect(read).toEqual([1, 2]);
  expect(seen).toEqual(['ended']);
});

it('ends the source without a failure when the reader is torn away', async () => {
  const { seen, events } = watched();
  const reader = untilLeft(events);
  await reader.next();
  await expect(reader.throw(new Error('the page is gone'))).rejects.toThrow('the page is gone');
  expect(seen).toEqual(['ended']);
});
