/**
 * Which actions on the customer's key are permitted to us, one by one: what each call of a test came to, and the table
 * that is made of it. Nothing is guessed from policies; what no call has tried reads "not tried".
 */
import type { ActionOutcome, Permission } from '../permissions.ts';

const needed = {
  'kms:DescribeKey': 'Shows that the key is enabled, and what it is',
  'kms:GenerateDataKey': 'Makes the data keys of your apps and bots',
  'kms:Encrypt': 'Wraps data keys when a key is rotated',
  'kms:Decrypt': 'Unwraps data keys, so that data can be read',
} as const;

const pair = { 'kms:GenerateDataKeyPair': 'Makes a data key pair, which this configuration’s test asks for' } as const;

const optional = {
  'kms:GetKeyRotationStatus': 'Shows whether AWS rotates the key by itself',
  'kms:ListAliases': 'Shows the key’s aliases',
  'kms:ListResourceTags': 'Shows the key’s tags',
} as const;

/** Where KMS has a second call for the same permission's purpose. */
const sameAs: Record<string, string> = { 'kms:GenerateDataKeyPairWithoutPlaintext': 'kms:GenerateDataKeyPair' };

/** A check, as far as it is about actions. */
type Tried = {
  actions?: readonly { action: string; outcome: ActionOutcome }[] | undefined;
  negative?: boolean | undefined;
};

/**
 * The table, in a fixed order. Negative checks are denied on purpose and are left out.
 * @param asked.passed whether the test passed: with an access key it does without DescribeKey and GenerateDataKey
 */
export function permissionTable(
  checks: readonly Tried[],
  asked: { dataKeyPair: boolean; passed: boolean },
): Permission[] {
  const seen = new Map<string, ActionOutcome>();
  for (const { actions = [], negative } of checks) {
    if (negative) continue;
    for (const { action, outcome } of actions) seen.set(sameAs[action] ?? action, outcome);
  }
  const rows = (table: Record<string, string>, isNeeded: boolean) =>
    Object.entries(table).map(([action, use]) => ({
      action,
      use,
      needed: isNeeded && !(asked.passed && seen.get(action) === 'denied'),
      outcome: outcomeOf(seen.get(action), isNeeded),
    }));
  return [...rows({ ...needed, ...(asked.dataKeyPair ? pair : {}) }, true), ...rows(optional, false)];
}

/** A data key pair was asked for where its check was not left out. */
export function permissionsOf(
  checks: readonly (Tried & { id: string; outcome: string })[],
  passed: boolean,
): Permission[] {
  const pairCheck = checks.find(({ id }) => id === 'data-key-pair');
  return permissionTable(checks, { dataKeyPair: pairCheck !== undefined && pairCheck.outcome !== 'skipped', passed });
}

function outcomeOf(seen: ActionOutcome | undefined, isNeeded: boolean): Permission['outcome'] {
  if (seen === undefined) return 'not-tried';
  return seen === 'denied' && !isNeeded ? 'not-permitted-to-see' : seen;
}

/** Of an answer's error name; null where the call was answered. https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html */
export function outcomeOfCall(errorName: string | null): ActionOutcome {
  if (errorName === null) return 'permitted';
  return errorName === 'AccessDeniedException' || errorName === 'AccessDenied' ? 'denied' : 'unclear';
}

/**
 * Statements for the role's permission policy by which we may show more of the key. None of them lets us use it. Listing
 * aliases knows no resource: https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
 */
export function labelStatements(keyArn: string): object[] {
  return [
    {
      Sid: 'KeywardSeesLabels',
      Effect: 'Allow',
      Action: ['kms:GetKeyRotationStatus', 'kms:ListResourceTags'],
      Resource: keyArn,
    },
    { Sid: 'KeywardSeesAliases', Effect: 'Allow', Action: 'kms:ListAliases', Resource: '*' },
  ];
}
