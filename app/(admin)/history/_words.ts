import type { HistoryEvent } from '#lib/byok/views.ts';

/** What each recorded operation is called on the screen. One that is not named here shows its own name, spelled out. */
const operationWords: Record<string, string> = {
  'sign-in': 'Signed in',
  'sign-out': 'Signed out',
  'change-password': 'Changed the password',
  'create-key': 'Created an enterprise key',
  'save-step': 'Saved the draft',
  'test-configuration': 'Tested the configuration',
  'schedule-key': 'Scheduled the key',
  'discard-changes': 'Discarded changes',
  'activate-key': 'Activated the key',
  'activation-failed': 'Activation failed',
  'validate-apps': 'Validated apps and bots',
  'open-recent-records': 'Opened recent records',
  'check-authorization-profile': 'Tested an authorization profile',
  'read-tenant': 'Looked into this tenant',
  'list-tenants': 'Listed the tenants',
  'create-token': 'Created a token',
  'revoke-token': 'Revoked a token',
};

/** Operations that can be filtered by, with their words. */
export function operationChoices(): [string, string][] {
  return Object.entries(operationWords).sort(([, a], [, b]) => a.localeCompare(b, 'en'));
}

export function wordsOf(operation: string): string {
  const known = operationWords[operation];
  if (known) return known;
  const spelled = operation.replaceAll('-', ' ');
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}

export const outcomeWords = {
  done: { label: 'Done', tone: 'ok' },
  refused: { label: 'Refused', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
} as const satisfies Record<HistoryEvent['outcome'], { label: string; tone: 'ok' | 'warn' | 'bad' }>;
