import type { HistoryEvent, HistoryNames } from '#lib/byok/account-views.ts';
import type { Sentence } from './sentences/sentence.ts';
import { sentenceOf } from './sentences/sentence-of.ts';
import { badgeOf } from './words.ts';

/** An event as its row and its details show it. Told on the server: the words stay there. */
export type ToldEvent = {
  event: HistoryEvent;
  sentence: Sentence;
  badge: { label: string; tone: 'warn' | 'bad' } | null;
  /** What its target is called; null where that is gone, or no thing with a name. */
  target: string | null;
};

export function tellEvent(event: HistoryEvent, names: HistoryNames): ToldEvent {
  const target = event.target === null ? undefined : names[event.target];
  return { event, sentence: sentenceOf(event, names), badge: badgeOf(event), target: target?.name ?? null };
}
