import { formatInstant } from '#lib/byok/format.ts';
import type { CommitmentView } from '#lib/byok/key-views.ts';

/** The commitment that binds, in a sentence; null where there is none. */
export function commitmentSentence(commitment: CommitmentView | null, tenantName: string): string | null {
  if (!commitment) return null;
  const what =
    commitment.scope === 'tenant'
      ? `Every enterprise key of ${tenantName} is irreversible, including future ones`
      : 'This key is irreversible';
  const by = commitment.by ? ` by ${commitment.by}` : '';
  return `${what}: committed on ${formatInstant(commitment.at)}${by}.`;
}
