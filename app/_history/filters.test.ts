import { expect, test } from 'vitest';
import { askedFor, readFilters } from './filters.ts';
import { choiceOf, eventHref, type HistoryFilters, historyHref } from './history-address.ts';

const id = '7b0c3a7e-6f0d-4a51-9a53-0f4f4a1f2c11';
const filters: HistoryFilters = {
  person: `person:${id}`,
  since: '2026-10-01',
  until: '2026-10-25',
  zone: 'Europe/Berlin',
  key: id,
  app: id,
  kind: 'moves',
  operation: 'create-key',
  outcome: 'refused',
  before: id,
  from: id,
  event: id,
};
const paramsOf = (address: string) =>
  Object.fromEntries(new URL(address, 'https://console.example').searchParams.entries());

test('what the address says is read back from the address that is made of it', () => {
  expect(readFilters(paramsOf(historyHref(filters)))).toEqual(filters);
});

test('values that mean nothing are dropped', () => {
  const params = {
    outcome: 'maybe',
    operation: '<script>',
    kind: 'toString',
    since: '2026-02-31',
    until: 'tomorrow',
    zone: 'Mars/Olympus',
    key: 'k',
    app: '1',
    before: 'x',
    from: '1 or 1',
    event: '',
    person: '',
    other: 'x',
  };
  expect(readFilters(params)).toEqual({});
  expect(historyHref({})).toBe('/history');
});

test('days are those of the reader’s time zone, the last one to its end, also where a clock is changed', () => {
  expect(askedFor({ since: '2026-10-01', until: '2026-10-25', zone: 'Europe/Berlin' })).toEqual({
    since: '2026-09-30T22:00:00.000Z',
    until: '2026-10-25T23:00:00.000Z',
  });
});

test('a kind is asked for as all of its operations', () => {
  expect(askedFor({ kind: 'rules' })).toEqual({ operations: ['set-region-rule', 'set-cache-time'] });
});

test('what is chosen holds neither the page nor what is open on it', () => {
  const { before: _before, from: _from, event: _event, ...choice } = filters;
  expect(choiceOf(filters)).toEqual(choice);
});

test('an event has an address that opens it on a page that begins with it', () => {
  expect(eventHref(id)).toBe(`/history?from=${id}&event=${id}`);
});
