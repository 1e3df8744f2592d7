import type { ErrorCode } from '#lib/byok/errors.ts';
import { anyService } from '#lib/byok/providers.ts';
import type { TransitionKind } from '#lib/byok/transition-views.ts';

/** What it means for the customer that data keys were not rewrapped, and what goes on by itself. */
export const whatItMeans = {
  activate:
    'They stay readable under the platform key until a try succeeds. Keyward tries again. Until then, the vendor can decrypt their data.',
  rotate: `They stay under the old version, which cannot be retired. Keep its key enabled in ${anyService}. Keyward tries again.`,
  'select-apps': 'They stay readable under their previous key. Keyward tries again.',
  revert: `They stay under your key: keep it enabled in ${anyService}. Keyward tries again.`,
  rekey: 'They stay as they are and can be read. Keyward tries again.',
} as const satisfies Record<TransitionKind, string>;

/** The one next step for a data key that was not rewrapped for this reason. */
export function incompleteStep(code: ErrorCode): string {
  switch (code) {
    case 'key-revoked':
      return `Enable the key in ${anyService}, or restore the permission. Then select Try again now.`;
    case 'key-outage':
    case 'unavailable':
      return `No action needed: Keyward tries again when ${anyService} answers.`;
    case 'key-misconfigured':
      return `Fix in ${anyService} what the reason names. Then select Try again now.`;
    default:
      return 'Keep the old key and tell support the ID of this data key.';
  }
}
