import { countOf, formatSeconds } from '#lib/byok/format.ts';
import type { PlanView } from '#lib/byok/transition-views.ts';

/** What is said before a rekey. */
export const rekeyWords = {
  points: [
    'From the next write, new data uses a fresh data key. Stored data stays readable.',
    'You can’t undo this, but you can rekey again.',
  ],
  reencrypt: 'Re-encrypt stored records too',
  reencryptHint: 'The older data key is deleted once nothing uses it.',
};

/** What a rekey would take, in a sentence or two; why it would be refused, where it would. */
export function rekeyPlanSentence(plan: PlanView): string {
  if (plan.refusal) return plan.refusal;
  const records =
    plan.recordsToReencrypt > 0
      ? `re-encrypts ${countOf(plan.recordsToReencrypt, 'stored record')}`
      : plan.records > 0
        ? `leaves ${countOf(plan.records, 'stored record')} under the older data key`
        : 'finds no stored record';
  return `It makes ${countOf(plan.freshDataKeys, 'data key')}, ${records}, takes ${countOf(plan.kmsCalls.total, 'KMS call')} and ${about(plan.seconds)}.`;
}

function about({ low, high }: PlanView['seconds']): string {
  const least = Math.max(1, Math.ceil(low));
  const most = Math.max(1, Math.ceil(high));
  return least === most ? `about ${formatSeconds(most)}` : `${formatSeconds(least)} to ${formatSeconds(most)}`;
}
