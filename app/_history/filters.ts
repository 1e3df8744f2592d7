import { Temporal } from 'temporal-polyfill';
import { isTimeZone } from '#lib/byok/enforcement.ts';
import type { HistoryFilters } from './history-address.ts';
import { isKind, operationsOf } from './kinds.ts';

const eventId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const day = /^\d{4}-\d\d-\d\d$/;

type Params = Record<string, string | string[] | undefined>;

/** Reads an address that anybody may have typed. Values that mean nothing are dropped, so that an old link still shows something. */
export function readFilters(params: Params): HistoryFilters {
  const person = one(params.person);
  const outcome = one(params.outcome);
  const operation = one(params.operation);
  const kind = one(params.kind);
  const zone = one(params.zone);
  return {
    ...(person && person.length <= 400 && !person.includes('\0') ? { person } : {}),
    ...matching(params, ['since', 'until'], isDay),
    ...(zone && isTimeZone(zone) ? { zone } : {}),
    ...matching(params, ['key', 'app'], (text) => eventId.test(text)),
    ...(isKind(kind) ? { kind } : {}),
    ...(operation && /^[a-z0-9-]{1,60}$/.test(operation) ? { operation } : {}),
    ...(outcome === 'done' || outcome === 'refused' || outcome === 'failed' ? { outcome } : {}),
    ...matching(params, ['before', 'from', 'event'], (text) => eventId.test(text)),
  };
}

/** What is asked of the server for these. The last day is asked for to its end. */
export function askedFor(filters: HistoryFilters) {
  const { person, since, until, zone = 'UTC', key, app, kind, operation, outcome, before, from, event } = filters;
  return {
    ...(person ? { actor: person } : {}),
    ...(since ? { since: beginningOf(since, zone) } : {}),
    ...(until ? { until: beginningOf(until, zone, 1) } : {}),
    ...(key ? { keyId: key } : {}),
    ...(app ? { appId: app } : {}),
    ...(kind ? { operations: [...operationsOf(kind)] } : {}),
    ...(operation ? { operation } : {}),
    ...(outcome ? { outcome } : {}),
    ...(before ? { before } : {}),
    ...(from ? { from } : {}),
    ...(event ? { event } : {}),
  };
}

function matching<Name extends 'since' | 'until' | 'key' | 'app' | 'before' | 'from' | 'event'>(
  params: Params,
  names: readonly Name[],
  fits: (text: string) => boolean,
): Partial<Record<Name, string>> {
  const found = names.flatMap((name) => {
    const text = one(params[name]);
    return text !== undefined && fits(text) ? [[name, text]] : [];
  });
  return Object.fromEntries(found);
}

function isDay(text: string): boolean {
  if (!day.test(text)) return false;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).year >= 1970;
  } catch {
    return false;
  }
}

function beginningOf(text: string, zone: string, daysLater = 0): string {
  const start = Temporal.PlainDate.from(text).add({ days: daysLater }).toZonedDateTime(zone);
  return new Date(start.epochMilliseconds).toISOString();
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
