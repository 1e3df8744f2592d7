import type { HistoryEvent } from '#lib/byok/views.ts';

/** What each recorded operation is called on the screen. One that is not named here shows its own name, spelled out. */
const operationWords: Record<string, string> = {
  'sign-in': 'Sign in',
  'sign-out': 'Sign out',
  'change-password': 'Change the password',
  'create-key': 'Create an enterprise key',
  'save-step': 'Save the draft',
  'test-configuration': 'Test Configuration',
  'schedule-key': 'Schedule the key',
  'discard-changes': 'Discard changes',
  'activate-key': 'Activate the key',
  'activation-failed': 'Activation failed',
  'finish-activation': 'Finish the activation',
  'key-revoked': 'Key revoked',
  'key-outage': 'Key outage',
  'key-degraded': 'Key answers again',
  'key-healthy': 'Key healthy',
  'encrypt-items': 'Encrypt data',
  'decrypt-items': 'Decrypt data',
  'validate-apps': 'Validate apps and bots',
  'open-recent-records': 'Open recent records',
  'check-authorization-profile': 'Test authorization',
  'read-tenant': 'Look into this tenant',
  'list-tenants': 'List the tenants',
  'create-token': 'Create a token',
  'revoke-token': 'Revoke a token',
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
