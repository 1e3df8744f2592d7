import type { HistoryEvent } from '#lib/byok/account-views.ts';

/** What the address asks for. Values that mean nothing are dropped, so that an old link still shows something. */
export type HistoryFilters = { outcome?: HistoryEvent['outcome']; operation?: string; before?: string; from?: string };

const eventId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type Params = Record<string, string | string[] | undefined>;

export function readFilters(params: Params): HistoryFilters {
  const outcome = one(params.outcome);
  const operation = one(params.operation);
  const before = one(params.before);
  const from = one(params.from);
  return {
    ...(outcome === 'done' || outcome === 'refused' || outcome === 'failed' ? { outcome } : {}),
    ...(operation && /^[a-z0-9-]{1,60}$/.test(operation) ? { operation } : {}),
    ...(before && eventId.test(before) ? { before } : {}),
    ...(from && eventId.test(from) ? { from } : {}),
  };
}

/** The address of a page of the history, or of its export, under these filters. */
export function historyHref(filters: HistoryFilters, path = '/history', fragment?: string): string {
  const query = new URLSearchParams(Object.entries(filters)).toString();
  return `${path}${query === '' ? '' : `?${query}`}${fragment ? `#${fragment}` : ''}`;
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

/** The address of one event: the page that begins with it, whatever happens after. */
export function eventHref(id: string, path = '/history'): string {
  return historyHref({ from: id }, path, id);
}
