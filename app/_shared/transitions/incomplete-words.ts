import type { ErrorCode } from '#lib/byok/errors.ts';
import { anyService } from '#lib/byok/providers.ts';
import type { TransitionKind } from '#lib/byok/transition-views.ts';

/** What it means for the customer that data keys were not rewrapped, and what goes on by itself. */
export const whatItMeans = {
  activate:
    'They stay under the platform key, readable, until a try succeeds. They are tried again by themselves; so long the vendor can open what lies under them.',
  rotate: `They stay under the old version, which cannot be retired: keep its key enabled in ${anyService}. They are tried again by themselves.`,
  'select-apps': 'They stay under what protected them before, readable. They are tried again by themselves.',
  revert: `They stay under your key: keep it enabled in ${anyService}. They are tried again by themselves.`,
  rekey: 'They stay as they are, readable. They are tried again by themselves.',
} as const satisfies Record<TransitionKind, string>;

/** The one next step for a data key that was not rewrapped for this reason. */
export function incompleteStep(code: ErrorCode): string {
  switch (code) {
    case 'key-revoked':
      return `Enable the key in ${anyService}, or restore the permission; then choose Try again now.`;
    case 'key-outage':
    case 'unavailable':
      return `Nothing needs doing: it is tried again when ${anyService} answers.`;
    case 'key-misconfigured':
      return `Correct in ${anyService} what the reason names; then choose Try again now.`;
    default:
      return 'Keep the old key and tell support the ID of this data key.';
  }
}
