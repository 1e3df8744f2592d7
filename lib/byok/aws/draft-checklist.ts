import { readChecklist } from '../checklist.ts';
import type { Say } from '../messages/message.ts';
import type { Joined, Ours } from '../provider-rules.ts';
import { inWords } from '../test-report.ts';
import { isAccountId, roleArnOf } from './arn.ts';
import type { AwsDraft } from './connection.ts';
import { readPolicyScope } from './policy-scope.ts';
import { isKnownRegion, partitionOf } from './regions.ts';
import {
  type ChecklistFacts,
  type ChecklistView,
  checklists,
  inputsOf,
  isVerifiable,
  type SetUpStep,
  statusOf,
  verifiableSteps,
} from './set-up-steps.ts';

/** What verifications of this draft rest on; `ours` is who we are in its region. */
function checklistFacts(draft: AwsDraft, ours: Ours, { tenantId, externalId, secretId }: Joined): ChecklistFacts {
  return {
    authMode: draft.authMode,
    region: draft.region,
    roleArn: roleArnFor(draft),
    serviceRoleArn: ours.identity,
    externalId,
    accessKeyId: draft.authMode === 'access-key' ? draft.accessKeyId : '',
    secretId: secretId ?? '',
    keyArn: draft.keyArn,
    tenantId,
    keyPrincipal: draft.policyShape.keyPrincipal,
  };
}

/** The role's ARN as entered; before it is, the one that the role has when it is made as the guide says. */
export function roleArnFor(draft: AwsDraft): string {
  if (draft.authMode === 'access-key') return '';
  const { roleArn, region, accountId, roleName } = draft;
  if (roleArn !== '' || !isKnownRegion(region) || !isAccountId(accountId) || roleName === '') return roleArn;
  return roleArnOf(partitionOf(region), accountId, roleName);
}

/** The draft with what follows from it written out: what the guide and its verification go by. */
export function withFollowing(draft: AwsDraft): AwsDraft {
  return draft.authMode === 'access-key' ? draft : { ...draft, roleArn: roleArnFor(draft) };
}

/** How far the set-up was verified, as screens and the hand-over show it. */
export function checklistView(
  draft: AwsDraft,
  stored: unknown,
  ours: Ours,
  joined: Joined,
  report: { passed: boolean; stale: boolean } | null,
  say: Say,
): ChecklistView {
  const facts = checklistFacts(draft, ours, joined);
  const checklist = readChecklist(stored, verifiableSteps);
  const steps = checklists[facts.authMode].map((id: SetUpStep) => {
    const found = id === 'configuration' || id === 'share' ? undefined : checklist.steps[id];
    const rows = found?.rows.map((row) => inWords(row, say)) ?? [];
    const record = found ? { at: found.at, by: found.by, requestId: found.requestId, rows } : null;
    return { id, status: statusOf(id, checklist, facts, report), record };
  });
  return { steps, scope: readPolicyScope(stored) };
}

/** What a verification of this step rests on, as one line that is compared; or, by field, what keeps it from being asked about. */
export function verificationOf(
  draft: AwsDraft,
  step: string,
  ours: Ours,
  joined: Joined,
): { ok: true; inputs: string } | { ok: false; problems: Record<string, string> } {
  if (!isVerifiable(step) || !(checklists[draft.authMode] as readonly string[]).includes(step))
    return { ok: false, problems: { step: 'This set-up has no such step.' } };
  const problems: Record<string, string> = {};
  if (draft.authMode === 'assume-role' && roleArnFor(draft) === '') problems.roleArn = 'Enter the role first.';
  if (draft.authMode === 'access-key' && (draft.accessKeyId === '' || joined.secretId === null))
    problems.accessKeyId = 'Enter the access key first.';
  if (step !== 'role' && step !== 'user' && draft.keyArn === '') problems.keyArn = 'Paste the key’s ARN first.';
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  return { ok: true, inputs: inputsOf(step, checklistFacts(draft, ours, joined)) };
}
