import { expect, test } from 'vitest';
import type { HistoryEvent } from '#lib/byok/account-views.ts';
import type { Result } from '#lib/byok/errors.ts';
import { exportStream, type HistoryPage } from './export-stream.ts';
import { csvFormat, jsonFormat } from './formats.ts';

const event = (id: string): HistoryEvent => ({
  id,
  at: '2026-11-22T12:00:00.000Z',
  actor: 'admin@acme.example',
  actorRole: 'admin',
  operation: 'create-key',
  outcome: 'done',
  code: null,
  target: null,
  before: null,
  after: { alias: 'a' },
  requestId: 'r',
  providerRequestIds: [],
});

const first: HistoryPage = { events: [event('1'), event('2')], next: '2' };
const reader = (answers: Record<string, Result<HistoryPage>>) => async (before: string) => {
  const answer = answers[before];
  if (!answer) throw new Error(`nobody expected a page before ${before}`);
  return answer;
};
const lastPage = reader({ '2': { ok: true, data: { events: [event('3')], next: null } } });

test('all pages are written, as JSON that can be parsed', async () => {
  const text = await new Response(exportStream(first, jsonFormat, lastPage)).text();
  expect(JSON.parse(text)).toEqual([event('1'), event('2'), event('3')]);
});

test('an empty history is an empty array', async () => {
  const text = await new Response(exportStream({ events: [], next: null }, jsonFormat, lastPage)).text();
  expect(JSON.parse(text)).toEqual([]);
});

test('CSV is one header and a line per event', async () => {
  const text = await new Response(exportStream(first, csvFormat, lastPage)).text();
  expect(text.trimEnd().split('\r\n')).toHaveLength(4);
});

test('a page that cannot be read breaks the export off, it does not end it', async () => {
  const failing = reader({ '2': { ok: false, error: { code: 'unavailable', requestId: 'r-9' } } });
  await expect(new Response(exportStream(first, csvFormat, failing)).text()).rejects.toThrow('r-9');
});

test('a reader that leaves stops the reading', async () => {
  let reads = 0;
  const endless = async (): Promise<Result<HistoryPage>> => {
    reads++;
    return { ok: true, data: { events: [event(String(reads))], next: String(reads) } };
  };
  const stream = exportStream(first, csvFormat, endless).getReader();
  for (let piece = 0; piece < 4; piece++) await stream.read();
  await stream.cancel();
  const readsThen = reads;
  await new Promise((done) => setTimeout(done, 20));
  expect(reads).toBe(readsThen);
});
