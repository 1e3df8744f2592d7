/**
 * The set-up guide as a checklist: which steps there are, what was verified of each against AWS, and what that still says.
 * A step is verified or it is not; nobody ticks it. What was verified holds for exactly what it was verified for: whoever
 * changes one of these inputs has to verify again.
 */
import type { AuthModeId } from './providers.ts';
import { checkIds, checkResultSchema, outcomes } from './test-report.ts';
import { z } from './zod-config.ts';

/** In an order that works: AWS refuses a key policy that names a role or user which does not exist. */
export const checklists = {
  'assume-role': ['role', 'key', 'key-policy', 'permission', 'configuration', 'share'],
  // The policy that AWS gives a new key leaves the decision to IAM, which is enough for a user of the same account.
  'access-key': ['user', 'key', 'permission', 'configuration', 'share'],
} as const satisfies Record<AuthModeId, readonly string[]>;

export type SetUpStep = (typeof checklists)[AuthModeId][number];

/** Those that are verified by themselves. The configuration as a whole is what Test Configuration proves. */
export const verifiableSteps = ['role', 'user', 'key', 'key-policy', 'permission'] as const;
export type VerifiableStep = (typeof verifiableSteps)[number];

export const stepNames = {
  role: 'IAM role, with its trust policy',
  user: 'IAM user, with its access key',
  key: 'KMS key',
  'key-policy': 'Key policy',
  permission: 'IAM policy',
  configuration: 'Verify configuration',
  share: 'Share',
} as const satisfies Record<SetUpStep, string>;

/** “step 3, Key policy”; without a number where this authentication mode has no such step. */
export function stepLabel(authMode: AuthModeId, step: SetUpStep): string {
  const at = (checklists[authMode] as readonly SetUpStep[]).indexOf(step);
  return at < 0 ? `the ${stepNames[step].toLowerCase()}` : `step ${at + 1}, ${stepNames[step]}`;
}

/** What is asked of AWS for a step: checks of the test, and the actions one by one. */
export const actionRows = ['kms:DescribeKey', 'kms:GenerateDataKey', 'kms:Encrypt', 'kms:Decrypt'] as const;
export type ActionRow = (typeof actionRows)[number];
export const rowIds = [...checkIds, ...actionRows] as const;
export type RowId = (typeof rowIds)[number];

/** `unknown`: AWS gives the same answer for several causes, so that nothing can be said of this step. */
export const rowOutcomes = [...outcomes, 'unknown'] as const;

export const verifiedRowSchema = checkResultSchema.extend({ id: z.enum(rowIds), outcome: z.enum(rowOutcomes) });
export type VerifiedRow = z.infer<typeof verifiedRowSchema>;
export type RowOutcome = VerifiedRow['outcome'];

export type VerificationEvent =
  /** A row begins (`running`) or ends. */
  | { type: 'row'; row: VerifiedRow }
  /** AWS has denied what may just have been given, and is asked again. Attempts count from 2. */
  | { type: 'waiting'; id: RowId; attempt: number }
  | { type: 'done'; status: StepStatus };

/** `partly`: all that AWS answers is right, and its answer leaves something open. `changed`: it was, for other inputs. */
export type StepStatus = 'open' | 'verified' | 'partly' | 'failed' | 'unknown' | 'changed';

/** All that decides how a step ends. */
export type ChecklistFacts = {
  authMode: AuthModeId;
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

const recordSchema = z.object({
  at: z.string(),
  by: z.string(),
  requestId: z.string(),
  /** `inputsOf` what it was verified for. */
  inputs: z.string(),
  /** As text: the database does not keep the order of a policy's parts, on which its marked lines count. */
  rows: z.string(),
});
export type StepRecord = { at: string; by: string; requestId: string; inputs: string; rows: VerifiedRow[] };

const scopeSchema = z.object({
  /** Since when the IAM policy may say `"Resource": "*"`, and who chose so. */
  since: z.string(),
  by: z.string(),
  /** `checked`: a pasted policy was found to name the key alone. `said`: its administrator says so. */
  narrowed: z.object({ at: z.string(), by: z.string(), how: z.enum(['checked', 'said']) }).nullable(),
});
export type PolicyScope = z.infer<typeof scopeSchema>;

export type Checklist = { steps: Partial<Record<VerifiableStep, StepRecord>>; scope: PolicyScope | null };

export type ChecklistView = {
  steps: { id: SetUpStep; status: StepStatus; record: Omit<StepRecord, 'inputs'> | null }[];
  scope: PolicyScope | null;
};

/** What is stored; a record of an older shape counts as none. */
export function readChecklist(stored: unknown): Checklist {
  const parts = z.record(z.string(), z.unknown()).safeParse(stored);
  const given = parts.success ? parts.data : {};
  const steps: Checklist['steps'] = {};
  for (const step of verifiableSteps) {
    const record = recordSchema.safeParse(given[step]);
    const rows = record.success ? readRows(record.data.rows) : null;
    if (record.success && rows) steps[step] = { ...record.data, rows };
  }
  const scope = scopeSchema.safeParse(given.scope);
  return { steps, scope: scope.success ? scope.data : null };
}

/** One step's part of what is stored. */
export function storedRecord({ rows, ...record }: StepRecord): z.input<typeof recordSchema> {
  return { ...record, rows: JSON.stringify(rows) };
}

function identityIn({
  authMode,
  roleArn,
  serviceRoleArn,
  externalId,
  accessKeyId,
  secretId,
}: ChecklistFacts): string[] {
  switch (authMode) {
    case 'assume-role':
      return [roleArn.trim(), serviceRoleArn, externalId];
    case 'access-key':
      return [accessKeyId.trim(), secretId];
  }
}

/** What a verification of this step rests on, as one canonical line. */
export function inputsOf(step: VerifiableStep, facts: ChecklistFacts): string {
  const who = [facts.authMode, facts.region, ...identityIn(facts)];
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
  checklist: Checklist,
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
  if (rows.length === 0 || has('running', 'waiting-for-aws')) return 'open';
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
    const rest =
      'Whether AWS’s own first statement, which leaves your administrators in charge, is still in it cannot be seen from outside either.';
    if (apart) return rest.replace(' either', '');
    return `Within one account AWS lets the ${who} in by the key policy or by the ${who}’s own policy, and does not say by which. ${rest}`;
  }
  if (step !== 'permission' || apart || keyPrincipal === 'account') return null;
  return `Within one account the key policy alone is enough, so this shows that the ${who} may use the key, and not that this policy is attached to it.`;
}

/** True while a policy that names every key may still be in AWS. */
export function mayBeWide(scope: PolicyScope | null): boolean {
  return scope !== null && scope.narrowed === null;
}

/** 5th part of an ARN. */
function accountIn(arn: string): string {
  return arn.trim().split(':')[4] ?? '';
}

function readRows(text: string): VerifiedRow[] | null {
  try {
    const rows = z.array(verifiedRowSchema).safeParse(JSON.parse(text));
    return rows.success ? rows.data : null;
  } catch {
    return null;
  }
}
