import type { HistoryEvent } from '#lib/byok/account-views.ts';
import { anyService, anyWords, capital, ownHistoryWords } from '#lib/byok/providers.ts';

/** What each recorded operation is called on the screen. One that is not named here shows its own name, spelled out. */
const operationWords: Record<string, string> = {
  'sign-in': 'Sign in',
  'sign-out': 'Sign out',
  'change-password': 'Change the password',
  'create-operator': 'Create an operator',
  'create-key': 'Create an enterprise key',
  'save-step': 'Save the draft',
  'test-configuration': 'Test Configuration',
  'verify-set-up-step': 'Verify a step of the set-up',
  'rename-key': 'Change alias, description or tags',
  'delete-key': 'Delete an enterprise key',
  'assign-app': 'Assign an app to a key',
  'create-customer-key': `Create a key in ${anyService}`,
  'customer-key-left-over': `A key created in ${anyService} is left over`,
  'dismiss-key-creation': 'Take a left-over key off the list',
  'schedule-key': 'Schedule the key',
  'discard-changes': 'Discard changes',
  'activate-key': 'Activate the key',
  'activation-failed': 'Activation failed',
  'finish-activation': 'Finish the activation',
  'prepare-rotation': 'Prepare a rotation',
  'rotate-key': 'Rotate the key',
  'finish-rotation': 'Finish the rotation',
  'rotation-left-behind': 'Rotation left something behind',
  'rotation-failed': 'Rotation stuck',
  'update-apps': 'Update apps and bots',
  'finish-update-apps': 'Finish the change of apps',
  'update-apps-failed': 'Change of apps stuck',
  'finish-reencryption': 'Finish re-encrypting stored records',
  'revert-key': 'Revert to None',
  'finish-revert': 'Finish the return to the platform key',
  'revert-failed': 'Return to the platform key stuck',
  'rekey-app': 'Rekey an app',
  'finish-rekey': 'Finish the rekey',
  'rekey-failed': 'Rekey stuck',
  'pause-move': 'Pause a move',
  'resume-move': 'Resume a move, or try again now',
  'make-irreversible': 'Make irreversible',
  'set-region-rule': 'Change the region rule',
  'set-cache-time': 'Change the data key cache time',
  'alias-drift': 'Alias leads to another key',
  'alias-back': 'Alias leads back',
  'key-revoked': 'Key revoked',
  'key-outage': 'Key outage',
  'key-degraded': 'Key answers again',
  'key-healthy': 'Key healthy',
  'vendor-denied': `${capital(anyService)} ${anyWords.vendorDenied}`,
  'encrypt-items': 'Encrypt data',
  'decrypt-items': 'Decrypt data',
  'encrypt-stream': 'Encrypt a stream',
  'decrypt-stream': 'Decrypt a stream',
  'lease-data-key': 'Lease a data key',
  'check-key': 'Check now',
  'check-tenant-key': 'Check now, by the vendor',
  'validate-apps': 'Validate apps and bots',
  'open-recent-records': 'Open recent records',
  'check-authorization-profile': 'Test authorization',
  'read-tenant': 'Look into this tenant',
  'list-tenants': 'List the tenants',
  'create-tenant': 'Create this tenant',
  'create-person': 'Create an account',
  'create-app': 'Create an app or bot',
  'create-token': 'Create a token',
  'revoke-token': 'Revoke a token',
  ...Object.assign({}, ...ownHistoryWords().map(({ operations }) => operations)),
};

/** Operations that can be filtered by, with their words. */
export function operationChoices(): [string, string][] {
  return Object.entries(operationWords).sort(([, a], [, b]) => a.localeCompare(b, 'en'));
}

export function wordsOf(operation: string): string {
  const known = Object.hasOwn(operationWords, operation) ? operationWords[operation] : undefined;
  if (known) return known;
  const spelled = operation.replaceAll('-', ' ');
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}

export const outcomeWords = {
  done: { label: 'Done', tone: 'ok' },
  refused: { label: 'Refused', tone: 'warn' },
  failed: { label: 'Failed', tone: 'bad' },
} as const satisfies Record<HistoryEvent['outcome'], { label: string; tone: 'ok' | 'warn' | 'bad' }>;

/** What happened by itself is no act that was done: each says how it stands after it. */
const stateWords: Record<string, { label: string; tone: 'ok' | 'warn' | 'bad' }> = {
  'key-revoked': { label: 'Revoked', tone: 'bad' },
  'key-outage': { label: 'Outage', tone: 'warn' },
  'key-degraded': { label: 'Degraded', tone: 'warn' },
  'key-healthy': { label: 'Healthy', tone: 'ok' },
  'vendor-denied': { label: 'Outage', tone: 'warn' },
  'alias-drift': { label: 'Changed', tone: 'warn' },
  'alias-back': { label: 'As before', tone: 'ok' },
  'customer-key-left-over': { label: 'Left over', tone: 'warn' },
  'activation-failed': { label: 'Failed', tone: 'bad' },
  'rotation-failed': { label: 'Stuck', tone: 'bad' },
  'rotation-left-behind': { label: 'Left behind', tone: 'warn' },
  'update-apps-failed': { label: 'Stuck', tone: 'bad' },
  'revert-failed': { label: 'Stuck', tone: 'bad' },
  'rekey-failed': { label: 'Stuck', tone: 'bad' },
};

/** The badge of an event; none for what was done as it should be. */
export function badgeOf(event: Pick<HistoryEvent, 'operation' | 'outcome'>) {
  const { label, tone } = outcomeOf(event);
  return tone === 'ok' ? null : { label, tone };
}

/** How an event ended. */
export function outcomeOf({ operation, outcome }: Pick<HistoryEvent, 'operation' | 'outcome'>) {
  return (outcome === 'done' ? stateWords[operation] : undefined) ?? outcomeWords[outcome];
}

/** What a recorded field is called on the screen. One that is not named here is spelled out. */
const fieldWords: Record<string, string> = {
  cacheTtlSeconds: 'Data key cache time in seconds',
  seconds: 'Data key cache time in seconds',
  regionPolicy: 'Key outside of the home region',
  versionId: 'Key version ID',
  versionNumber: 'Version',
  number: 'Version',
  apps: 'Apps and bots',
  appsAdded: 'Apps and bots added',
  appsRemoved: 'Apps and bots removed',
  added: 'Apps and bots added',
  removed: 'Apps and bots removed',
  dataKeys: 'Data keys',
  dataKeysDeleted: 'Older data keys deleted',
  records: 'Records re-encrypted',
  reencrypt: 'Re-encrypt stored records too',
  leftBehind: 'Left behind',
  leftOver: 'Keys left over',
  version: 'Version',
  moved: 'Apps and bots moved',
  moveId: 'Move',
  kind: 'Kind of move',
  browser: 'Browser',
  ends: 'Ends',
  ...Object.assign({}, ...ownHistoryWords().map(({ fields }) => fields)),
};

/** Fields that mean something else in these operations. */
const fieldWordsIn: Record<string, Record<string, string>> = {
  'open-recent-records': { records: 'Records opened' },
};

/** "dataKeys" as "Data keys"; of a nested field each part, "configuration.keyArn" as "Configuration, key ARN". */
export function fieldName(field: string, operation = ''): string {
  const known = fieldWordsIn[operation]?.[field] ?? fieldWords[field];
  if (known) return known;
  return field
    .split('.')
    .map((part) => spelledOut(part))
    .join(', ')
    .replace(/^./, (first) => first.toUpperCase());
}

function spelledOut(part: string): string {
  return part
    .replace(/([a-z0-9])([A-Z])/g, (_, end: string, start: string) => `${end} ${start.toLowerCase()}`)
    .replace(/\b(arn|id|aws|kms)\b/g, (word) => word.toUpperCase());
}
