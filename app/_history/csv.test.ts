import { expect, test } from 'vitest';
import type { HistoryEvent } from '#lib/byok/account-views.ts';
import { csvCell, csvHeader, csvRow } from './csv.ts';

const event: HistoryEvent = {
  id: 'e1',
  at: '2026-11-22T12:00:00.000Z',
  actor: '=HYPERLINK("http://x")',
  actorRole: 'admin',
  operation: 'save-step',
  outcome: 'done',
  code: null,
  target: 'key-1',
  before: { alias: 'old' },
  after: { alias: 'line one\nline "two"' },
  requestId: 'r1',
  providerRequestIds: ['a', 'b'],
};

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1'])('%j is not run as a formula', (text) => {
  expect(csvCell(text)).toBe(`"'${text}"`);
});

test('quotes are doubled and line breaks stay inside their cell', () => {
  expect(csvCell('a "b"\nc')).toBe('"a ""b""\nc"');
});

test('a row has as many cells as the header and ends in CRLF', () => {
  const cells = (line: string) => line.trimEnd().match(/"(?:[^"]|"")*"/g)?.length;
  expect(cells(csvRow(event))).toBe(cells(csvHeader()));
  expect(csvRow(event).endsWith('\r\n')).toBe(true);
  expect(csvRow(event)).toContain(`"'=HYPERLINK(""http://x"")"`);
});
