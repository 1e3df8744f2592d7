import type { KeyPageView } from '#lib/byok/key-views.ts';
import { isOpen } from '../../../_shared/transitions/transition-words.ts';

const quickMs = 2000;
const calmMs = 10_000;

/** How long before its date a scheduled key is watched closely, so that the page turns when the date comes. */
const dueSoonMs = 30_000;

/**
 * How soon the page looks again, in milliseconds: often while something moves by itself or the key is not well, calmly
 * else, and never again for a key that has ended.
 */
export function pollIntervalMs(view: KeyPageView, now: Date): number | false {
  if (view.status === 'reverted') return false;
  return transitions(view, now) || ails(view) ? quickMs : calmMs;
}

/**
 * How soon a page has the key asked by itself: once the last answer is older than the cache time, whoever asked for it. A
 * reader's clock that is wrong never makes it more often.
 */
export function msUntilNextCheck(lastAnswerAt: number, everyMs: number, now: number): number {
  return Math.min(everyMs, Math.max(1_000, lastAnswerAt + everyMs - now));
}

function transitions(view: KeyPageView, now: Date): boolean {
  if (view.status === 'activating' || view.status === 'rotating' || view.status === 'reverting') return true;
  if (isOpen(view.transition) || view.apps.some(({ rekey }) => rekey)) return true;
  if (view.status !== 'scheduled' || !view.enforcementAt) return false;
  return Date.parse(view.enforcementAt) - now.getTime() <= dueSoonMs;
}

function ails(view: KeyPageView): boolean {
  return view.health !== null && view.status === 'active' && view.health.state !== 'healthy';
}
