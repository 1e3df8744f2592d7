/**
 * The set-up guide for AWS as a checklist: which steps there are, in which order, and how each of them stands.
 */

import type { Checklist, RowOutcome, StepRecord, StepStatus, VerifiedRow } from '../checklist.ts';
import type { AwsAuthMode } from './connection.ts';
import type { PolicyScope } from './policy-breadth.ts';

/** In an order that works: AWS refuses a key policy that names a role or user which does not exist. */
export const checklists = {
  'assume-role': ['role', 'key', 'key-policy', 'permission', 'configuration', 'share'],
  // The policy that AWS gives a new key leaves the decision to IAM, which is enough for a user of the same account.
  'access-key': ['user', 'key', 'permission', 'configuration', 'share'],
} as const satisfies Record<AwsAuthMode, readonly string[]>;

export type SetUpStep = (typeof checklists)[AwsAuthMode][number];

/** Those that are verified by themselves. The configuration as a whole is what Test Configuration proves. */
export const verifiableSteps = ['role', 'user', 'key', 'key-policy', 'permission'] as const;
export type VerifiableStep = (typeof verifiableSteps)[number];

export function isVerifiable(step: string): step is VerifiableStep {
  return (verifiableSteps as readonly string[]).includes(step);
}

export const stepNames = {
  role: 'IAM role, with its trust policy',
  user: 'IAM user, with its access key',
  key: 'KMS key',
  'key-policy': 'Key policy',
  permission: 'IAM policy',
  configuration: 'Verify configuration',
  share: 'Share',
} as const satisfies Record<SetUpStep, string>;

/** As the steps are counted where they are shown: a key and its policy are one, since they stand on one page in AWS. */
export function stepNumber(authMode: AwsAuthMode, step: SetUpStep): number | null {
  const steps: readonly SetUpStep[] = checklists[authMode];
  const at = steps.indexOf(step);
  const policyAt = steps.indexOf('key-policy');
  return at < 0 ? null : at + 1 - (policyAt >= 0 && at >= policyAt ? 1 : 0);
}

/** “step 2, Key policy”; without a number where this authentication mode has no such step. */
export function stepLabel(authMode: AwsAuthMode, step: SetUpStep): string {
  const number = stepNumber(authMode, step);
  return number === null ? `the ${stepNames[step].toLowerCase()}` : `step ${number}, ${stepNames[step]}`;
}

/** What is asked of AWS for a step: checks of the test, and the actions one by one. */
export const actionRows = ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Encrypt', 'kms:Decrypt'] as const;
export type ActionRow = (typeof actionRows)[number];
/** All that decides how a step ends. */
export type ChecklistFacts = {
  authMode: AwsAuthMode;
  region: string;
  /** Of the mode assume-role; as it is assumed. */
  roleArn: string;
  serviceRoleArn: string;
  externalId: string;
  /** Of the mode access-key. */
  accessKeyId: string;
  secretId: string;
  keyArn: string;
  tenantId: string;
  keyPrincipal: 'role' | 'account';
};

type ShownRecord = Omit<StepRecord, 'inputs' | 'rows'> & { rows: VerifiedRow[] };

export type ChecklistView = {
  steps: { id: SetUpStep; status: StepStatus; record: ShownRecord | null }[];
  scope: PolicyScope | null;
};

/** What a verification of this step rests on, as one canonical line. */
export function inputsOf(step: VerifiableStep, facts: ChecklistFacts): string {
  const { authMode, region, roleArn, serviceRoleArn, externalId, accessKeyId, secretId } = facts;
  const identity =
    authMode === 'assume-role' ? [roleArn.trim(), serviceRoleArn, externalId] : [accessKeyId.trim(), secretId];
  const who = [authMode, region, ...identity];
  switch (step) {
    case 'role':
    case 'user':
      return JSON.stringify(who);
    case 'key':
      return JSON.stringify([...who, facts.keyArn.trim()]);
    case 'key-policy':
    case 'permission':
      return JSON.stringify([...who, facts.keyArn.trim(), facts.tenantId, facts.keyPrincipal]);
  }
}

/** How a step stands. `report`: the last Test Configuration of what is saved. */
export function statusOf(
  step: SetUpStep,
  checklist: Checklist<VerifiableStep>,
  facts: ChecklistFacts,
  report: { passed: boolean; stale: boolean } | null,
): StepStatus {
  if (step === 'share') return 'open';
  if (step === 'configuration') {
    if (!report) return 'open';
    return report.stale ? 'changed' : report.passed ? 'verified' : 'failed';
  }
  const record = checklist.steps[step];
  if (!record) return 'open';
  return record.inputs === inputsOf(step, facts) ? statusOfRows(step, record.rows, facts) : 'changed';
}

/** What the rows of a verification that ran to its end say together. */
export function statusOfRows(
  step: VerifiableStep,
  rows: readonly Pick<VerifiedRow, 'outcome'>[],
  facts: Pick<ChecklistFacts, 'roleArn' | 'keyArn' | 'authMode' | 'keyPrincipal'>,
): StepStatus {
  const has = (...wanted: RowOutcome[]) => rows.some(({ outcome }) => wanted.includes(outcome));
  if (rows.length === 0 || has('running', 'waiting')) return 'open';
  if (has('failed')) return 'failed';
  if (has('unknown', 'not-run')) return 'unknown';
  return openQuestion(step, facts) ? 'partly' : 'verified';
}

/**
 * What AWS's answer leaves open however right it is: within one account either policy is enough, and a call that is allowed
 * does not say by which. Between accounts both have to allow it, so that an allowed call proves both.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function openQuestion(
  step: SetUpStep,
  { roleArn, keyArn, authMode, keyPrincipal }: Pick<ChecklistFacts, 'roleArn' | 'keyArn' | 'authMode' | 'keyPrincipal'>,
): string | null {
  const who = authMode === 'assume-role' ? 'role' : 'user';
  const apart = authMode === 'assume-role' && accountIn(roleArn) !== accountIn(keyArn) && accountIn(keyArn) !== '';
  if (step === 'key-policy') {
    const first = 'whether AWS’s own first statement, which keeps your administrators in charge, is still in it.';
    if (apart) return `Keyward cannot see ${first}`;
    return `Within one account, the key policy or the ${who}’s own policy is enough. Keyward cannot see which of them lets the ${who} in. It also cannot see ${first}`;
  }
  if (step !== 'permission' || apart || keyPrincipal === 'account') return null;
  return `Within one account, the key policy alone is enough. This shows that the ${who} may use the key, not that this policy is attached to it.`;
}

/** 5th part of an ARN. */
function accountIn(arn: string): string {
  return arn.trim().split(':')[4] ?? '';
}
