import type { HistoryEvent } from '#lib/byok/account-views.ts';
import type { Kind } from './kinds.ts';

/** What an address of the history says. */
export type HistoryFilters = {
  /** As it is stored with events. */
  person?: string;
  /** The first and the last day, in the time zone `zone`. */
  since?: string;
  until?: string;
  zone?: string;
  key?: string;
  app?: string;
  kind?: Kind;
  operation?: string;
  outcome?: HistoryEvent['outcome'];
  before?: string;
  from?: string;
  /** The event whose details are open. */
  event?: string;
};

/** What is chosen: without the page, and without what is open on it. */
export function choiceOf({ before: _before, from: _from, event: _event, ...choice }: HistoryFilters): HistoryFilters {
  return choice;
}

/** The address of a page of the history, or of its export, under these filters. */
export function historyHref(filters: HistoryFilters, path = '/history'): string {
  const query = new URLSearchParams(Object.entries(filters)).toString();
  return `${path}${query === '' ? '' : `?${query}`}`;
}

/** The address of one event: its details, and the page that begins with it, whatever happens after. */
export function eventHref(id: string, path = '/history'): string {
  return historyHref({ from: id, event: id }, path);
}
