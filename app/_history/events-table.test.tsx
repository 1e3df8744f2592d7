// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { HistoryEvent } from '#lib/byok/account-views.ts';
import { EventsTable } from './events-table.tsx';

afterEach(cleanup);

const event: HistoryEvent = {
  id: '11111111-2222-4333-8444-555555555555',
  at: '2026-11-22T12:01:00.000Z',
  actor: 'token kwt_abc',
  actorRole: 'service',
  operation: 'lease-data-key',
  outcome: 'refused',
  code: 'forbidden',
  target: null,
  before: null,
  after: null,
  requestId: 'r1',
  providerRequestIds: [],
};

it('says of a minute’s refusals how often they were repeated, when, and what they were tried on', () => {
  const repeated = {
    count: 1480,
    firstAt: '2026-11-22T12:00:01.000Z',
    lastAt: '2026-11-22T12:00:59.000Z',
    targets: ['app-1', 'app-2'],
  };
  render(<EventsTable path="/history" events={[{ ...event, after: { repeated } }]} />);
  expect(screen.getByText('Refused 1,480 more times between 12:00:01 and 12:00:59 UTC')).toBeTruthy();
  expect(screen.getByText('The first 2 targets')).toBeTruthy();
  expect(screen.getByText('app-2')).toBeTruthy();
});

it('writes out characters that cannot be seen', () => {
  render(
    <EventsTable
      path="/history"
      events={[{ ...event, actor: 'a\u202eb', outcome: 'done', after: { alias: 'in\u202evoice' } }]}
    />,
  );
  expect(screen.getByText('a\\u202Eb')).toBeTruthy();
  expect(screen.getByText('in\\u202Evoice')).toBeTruthy();
});
