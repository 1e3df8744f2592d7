import { countOf, formatAmount, formatCount } from '#lib/byok/format.ts';
import type { ProviderWords } from '#lib/byok/provider-declaration.ts';
import { anyWords, providerWords } from '#lib/byok/providers.ts';
import type { PlanView } from '#lib/byok/transition-views.ts';

/** What can be planned without being made. */
export type PlannedKind = 'rotate' | 'select-apps' | 'revert';

export type PlanFact = { label: string; value: string };

/** What a change would do, in numbers, before it is made. */
export function planFacts(plan: PlanView, kind: PlannedKind): PlanFact[] {
  const words = wordsOfPlan(plan);
  return [
    // A changed choice lists what it adds and removes beside this.
    ...(kind === 'select-apps' ? [] : [{ label: 'Apps and bots', value: formatCount(plan.apps) }]),
    { label: 'Fresh data keys', value: formatCount(plan.freshDataKeys) },
    { label: 'Data keys to rewrap', value: formatCount(plan.dataKeysToRewrap) },
    { label: 'Stored records', value: recordsOf(plan) },
    { label: words.calls, value: callsOf(plan.kmsCalls) },
    { label: 'Time', value: durationWords(plan.seconds) },
    ...(plan.costUsd === null ? [] : [{ label: words.cost, value: costWords(plan.costUsd) }]),
  ];
}

/** The same in a sentence, for a sheet that comes after it. */
export function planSentence(plan: PlanView): string {
  const { freshDataKeys, dataKeysToRewrap, kmsCalls, seconds, costUsd } = plan;
  const words = wordsOfPlan(plan);
  const parts = [
    countOf(freshDataKeys, 'fresh data key'),
    `${countOf(dataKeysToRewrap, 'data key')} rewrapped`,
    `stored records: ${lower(recordsOf(plan))}`,
    `${words.calls}: ${kmsCalls.total === 0 ? 'none' : `${formatCount(kmsCalls.total)} at most`}`,
    `time: ${lower(durationWords(seconds))}`,
    ...(costUsd === null ? [] : [`${words.cost}: ${lower(costWords(costUsd))}`]),
  ];
  return `${parts.join('; ')}.`;
}

function wordsOfPlan({ provider }: PlanView): ProviderWords {
  return provider === null ? anyWords : providerWords(provider);
}

function lower(words: string): string {
  return `${words.charAt(0).toLowerCase()}${words.slice(1)}`;
}

function recordsOf({ records, recordsToReencrypt }: PlanView): string {
  const stay = Math.max(0, records - recordsToReencrypt);
  if (recordsToReencrypt === 0) return records === 0 ? 'None' : `${formatCount(records)}, none of them rewritten`;
  const rewritten = `${formatCount(recordsToReencrypt)} re-encrypted`;
  return stay === 0 ? rewritten : `${rewritten}, ${formatCount(stay)} not rewritten`;
}

function callsOf({ generate, encrypt, decrypt, total }: PlanView['kmsCalls']): string {
  if (total === 0) return 'None';
  return `${formatCount(total)} at most: ${formatCount(generate)} to generate, ${formatCount(encrypt)} to encrypt, ${formatCount(decrypt)} to decrypt`;
}

const units = [
  { seconds: 3_600, name: 'hour' },
  { seconds: 60, name: 'minute' },
  { seconds: 1, name: 'second' },
] as const;

/** "About 2 to 5 minutes", in the largest unit in which the longer time is at least one and a half. */
export function durationWords({ low, high }: PlanView['seconds']): string {
  if (high <= 1) return 'About a second';
  const unit = units.find(({ seconds }) => high >= 1.5 * seconds) ?? units[2];
  const from = Math.floor(low / unit.seconds);
  const to = Math.ceil(high / unit.seconds);
  if (from === to) return `About ${countOf(to, unit.name)}`;
  return from === 0 ? `Up to ${countOf(to, unit.name)}` : `About ${formatCount(from)} to ${countOf(to, unit.name)}`;
}

/** Dollars with two places; what is less than a cent is said so. */
export function costWords(usd: number): string {
  if (usd === 0) return 'None';
  if (usd < 0.01) return 'Less than 0.01 USD';
  return `About ${formatAmount(usd)} USD`;
}
