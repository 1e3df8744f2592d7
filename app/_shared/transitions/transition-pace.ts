import { countOf } from '#lib/byok/format.ts';
import type { TransitionView } from '#lib/byok/transition-views.ts';

/** How far a key transition had come at an instant (milliseconds), in what its phase counts. */
export type PaceSample = { at: number; phase: TransitionView['phase']; done: number; left: number };

const windowMs = 60_000;
const shortestMs = 1_500;

/** What the phase counts: apps, data keys or records. Null for a phase that counts nothing. */
export function sampleOf(transition: TransitionView, at: number): PaceSample | null {
  switch (transition.phase) {
    case 'testing':
    case 'done':
      return null;
    case 'switching':
      return {
        at,
        phase: transition.phase,
        done: transition.apps.done,
        left: transition.apps.total - transition.apps.done,
      };
    case 'rewrapping':
      return { at, phase: transition.phase, done: transition.dataKeys.done, left: transition.dataKeys.left };
    case 'reencrypting':
      return { at, phase: transition.phase, done: transition.records.done, left: transition.records.left };
  }
}

/** The samples of the last minute and of the same phase, this one at the end. */
export function withSample(samples: readonly PaceSample[], next: PaceSample | null): PaceSample[] {
  if (!next) return [];
  const kept = samples.filter(({ at, phase }) => phase === next.phase && at < next.at && next.at - at <= windowMs);
  return [...kept, next];
}

/**
 * "about 120 records each second, about 3 minutes left", measured between what was seen; after a reload, until there is
 * something to measure, over the whole time since the transition began. Null while nothing can be said.
 */
export function paceWords(samples: readonly PaceSample[], startedAt: string | null): string | null {
  const last = samples.at(-1);
  if (!last || last.left === 0) return null;
  const first = samples[0];
  const measured = first && last.at - first.at >= shortestMs ? rate(last.done - first.done, last.at - first.at) : null;
  const perSecond = measured ?? (startedAt ? rate(last.done, last.at - Date.parse(startedAt)) : 0);
  if (perSecond <= 0) return null;
  return `about ${speed(perSecond, last.phase)}, about ${timeLeft(last.left / perSecond)} left`;
}

function rate(count: number, ms: number): number {
  return ms < 1_000 ? 0 : count / (ms / 1_000);
}

function speed(perSecond: number, phase: PaceSample['phase']): string {
  const [one, many] = units[phase];
  if (perSecond >= 1) return `${countOf(Math.round(perSecond), one, many)} each second`;
  return `${countOf(Math.max(1, Math.round(perSecond * 60)), one, many)} each minute`;
}

const units = {
  testing: ['check', 'checks'],
  switching: ['app or bot', 'apps and bots'],
  rewrapping: ['data key', 'data keys'],
  reencrypting: ['record', 'records'],
  done: ['record', 'records'],
} as const satisfies Record<PaceSample['phase'], readonly [string, string]>;

/** Rounded up: nothing is promised sooner than it comes. */
function timeLeft(seconds: number): string {
  if (seconds < 60) return countOf(Math.max(1, Math.ceil(seconds)), 'second');
  if (seconds < 7_200) return countOf(Math.ceil(seconds / 60), 'minute');
  return countOf(Math.ceil(seconds / 3_600), 'hour');
}
