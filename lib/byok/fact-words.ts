import type { FactWords, KeyFacts } from './key-facts.ts';
import { isProvider } from './providers.ts';
import { wordingOf } from './wording.ts';

/** What is known of a key, in its provider's words; nothing of one that this version does not know. */
export function factWords(provider: string, facts: KeyFacts, daysLeft: number | null): FactWords[] {
  return isProvider(provider) ? (wordingOf({ provider }).factWords?.(facts, daysLeft) ?? []) : [];
}
