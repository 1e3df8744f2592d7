// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { renderToString } from 'react-dom/server';
import { afterEach, beforeAll, expect, it, vi } from 'vitest';
import type { HistoryEvent } from '#lib/byok/account-views.ts';
import { EventsBeside } from './events-beside.tsx';
import { tellEvent } from './told-event.ts';

// What is fetched when it is wanted is there already, so that nothing waits for a transformation.
beforeAll(() => import('./event-details.tsx'));
afterEach(cleanup);

const event = (id: string, at: string, more: Partial<HistoryEvent> = {}) =>
  tellEvent(
    {
      id,
      at,
      actor: 'admin@acme.example',
      actorRole: 'admin',
      operation: 'rename-key',
      outcome: 'done',
      code: null,
      target: 'key-1',
      before: { alias: 'old' },
      after: { alias: 'in\u202evoice' },
      requestId: `request-${id}`,
      providerRequestIds: [],
      ...more,
    },
    {},
  );

const events = [
  event('a', '2026-11-24T10:16:00.000Z'),
  event('b', '2026-11-24T10:12:00.000Z', {
    operation: 'rotate-key',
    outcome: 'refused',
    code: 'forbidden',
    providerRequestIds: ['p-1', 'p-2', 'p-3'],
  }),
  event('c', '2026-11-22T16:31:00.000Z'),
];

function list(address: string) {
  return (
    <NuqsTestingAdapter searchParams={address}>
      <EventsBeside
        elsewhere={event('d', '2026-01-01T00:00:00.000Z')}
        empty={null}
        events={events}
        filters={{ outcome: 'refused' }}
        footer={null}
        header={null}
        path="/history"
      />
    </NuqsTestingAdapter>
  );
}

function show(address = '') {
  render(list(address));
}

it('is written by the server with an event open, without its details', () => {
  vi.stubGlobal('window', undefined);
  const html = renderToString(list('?event=b'));
  vi.unstubAllGlobals();
  expect(html).toContain('tried to');
  expect(html).not.toContain('request-b');
});

it('lists events below their days, and each leads to its details under the same filters', () => {
  show();
  expect(screen.getAllByRole('heading', { level: 2 })).toHaveLength(2);
  expect(screen.getByText('Refused')).toBeTruthy();
  expect(screen.queryByText('Done')).toBeNull();
  expect(screen.getAllByRole('link')[1]?.getAttribute('href')).toBe('/history?outcome=refused&event=b');
  expect(screen.getAllByText('in\\u202Evoice').length).toBeGreaterThan(0);
});

it('shows before and after, and every ID, beside the list', async () => {
  show();
  fireEvent.click(screen.getAllByRole('link')[0] as HTMLElement);
  const first = await screen.findByRole('dialog');
  expect(within(first).getByRole('table', { name: 'What changed' }).textContent).toContain('old');
  expect(within(first).getByText('request-a')).toBeTruthy();
  fireEvent.click(screen.getAllByRole('link', { hidden: true })[1] as HTMLElement);
  const second = await screen.findByRole('dialog');
  for (const id of ['request-b', 'p-1', 'p-3']) expect(within(second).getByText(id)).toBeTruthy();
});

it('opens the event that the address names, also where it is on another page, and none that is not there', async () => {
  show('?event=d');
  expect(within(await screen.findByRole('dialog')).getByText('request-d')).toBeTruthy();
  cleanup();
  show('?event=unknown');
  expect(screen.queryByRole('dialog')).toBeNull();
});
