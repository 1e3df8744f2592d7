import 'server-only';
import { Counter, Gauge, Registry } from 'prom-client';
import { callCounts } from '../keyring/calls.ts';
import { sharedCache } from '../keyring/shared-cache.ts';
import { unknownDataKeys } from '../keyring/unknown-data-keys.ts';
import type { Call } from './call.ts';
import { LatencyHistogram } from './latency.ts';

export type Metrics = ReturnType<typeof makeMetrics>;

/**
 * What Prometheus is told, by route, outcome and action; never by tenant. What is counted elsewhere is read when it is asked
 * for: a request costs two additions.
 * @param inFlight how many requests are being answered, and bytes of bodies held for them
 */
export function makeMetrics(inFlight: { requests: () => number; bytes: () => number }) {
  const registry = new Registry();
  const latency = new LatencyHistogram();
  registry.registerMetric(latency as unknown as Gauge);
  const observers = new Map<string, (ms: number) => void>();
  const answers: Answers = new Map();
  const warm = { count: 0 };
  read(registry, 'keyward_data_plane_requests_total', 'Requests by route and status; 0: the caller had gone.', {
    labelNames: ['route', 'status'],
    values: () => [...answers.values()].map(({ route, status, count }) => [{ route, status: String(status) }, count]),
  });
  read(registry, 'keyward_data_plane_rate_limited_total', 'Requests refused because their tenant asked too much.', {
    labelNames: ['route'],
    values: () =>
      [...answers.values()].flatMap(({ route, status, count }) => (status === 429 ? [[{ route }, count]] : [])),
  });
  read(registry, 'keyward_data_plane_warm_batches_total', 'Batches answered from memory alone.', {
    labelNames: [],
    values: () => [[{}, warm.count]],
  });
  read(registry, 'keyward_kms_operations_total', 'Operations on wrapping keys by kind of key, action and outcome.', {
    labelNames: ['key', 'action', 'outcome'],
    values: () => callCounts().map(({ calls, ...labels }) => [labels, calls]),
  });
  read(registry, 'keyward_unknown_data_keys_total', 'Data keys that envelopes named and their app does not have.', {
    labelNames: [],
    values: () => [[{}, unknownDataKeys()]],
  });
  read(registry, 'keyward_data_key_cache_hits_total', 'Look-ups that found a copy, warm batches included.', {
    labelNames: [],
    values: () => [[{}, sharedCache().cache.stats().hits + warm.count]],
  });
  read(registry, 'keyward_data_key_cache_misses_total', 'Look-ups that found no copy.', {
    labelNames: [],
    values: () => [[{}, sharedCache().cache.stats().misses]],
  });
  gauge(registry, 'keyward_data_key_cache_entries', 'Copies of data keys in memory.', () => {
    return sharedCache().cache.stats().entries;
  });
  gauge(registry, 'keyward_data_plane_requests_in_flight', 'Requests that are being answered.', inFlight.requests);
  gauge(registry, 'keyward_data_plane_bytes_in_flight', 'Bytes of bodies that are under way.', inFlight.bytes);
  return {
    registry,
    warm: () => void warm.count++,
    ended({ route, startedAt }: Call, status: number): void {
      const observe = observers.get(route) ?? latency.of(route);
      observers.set(route, observe);
      observe(performance.now() - startedAt);
      count(answers, route, status);
    },
  };
}

type Answers = Map<string, { route: string; status: number; count: number }>;

function count(answers: Answers, route: string, status: number): void {
  const place = `${route} ${status}`;
  const known = answers.get(place);
  if (known) known.count++;
  else answers.set(place, { route, status, count: 1 });
}

type Values = { labelNames: string[]; values: () => [Record<string, string>, number][] };

function read(registry: Registry, name: string, help: string, { labelNames, values }: Values): void {
  const collect = function (this: Counter) {
    this.reset();
    for (const [labels, value] of values()) this.inc(labels, value);
  };
  registry.registerMetric(new Counter({ name, help, labelNames, registers: [], collect }));
}

function gauge(registry: Registry, name: string, help: string, value: () => number): void {
  const collect = function (this: Gauge) {
    this.set(value());
  };
  registry.registerMetric(new Gauge({ name, help, registers: [], collect }));
}
