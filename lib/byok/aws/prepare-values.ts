import { Refusal } from '../errors.ts';
import type { DraftChange, Ours } from '../provider-rules.ts';
import { z } from '../zod-config.ts';
import { parseKeyReference, parseRoleArn } from './arn.ts';
import { shapeChange } from './choices.ts';
import type { AwsDraft } from './connection.ts';
import { roleArnFor } from './draft-checklist.ts';
import { policyShapeSchema } from './policy-shape.ts';
import { keyProblems, roleProblems, unknownAccount } from './step-schemas.ts';

const arn = z.string().trim().max(2_048).optional();

/** How the policies are to be written, and what Prepare may bring along of Connect: each as soon as it is known, and not before. */
export const prepareValues = z.object({ policyShape: policyShapeSchema.optional(), keyArn: arn, roleArn: arn });
export type PrepareValues = z.output<typeof prepareValues>;

/**
 * Unlike Connect it takes the one ARN without the other; what is given has to be right. With the key the role is settled, too,
 * so that both can be tested together. @throws Refusal `invalid-input` with a sentence per field
 */
export function prepareChange(before: AwsDraft, given: PrepareValues, { ours }: { ours: Ours }): DraftChange<AwsDraft> {
  refuseWrong(given, before, ours);
  const shape = shapeChange(before, given.policyShape);
  const named = { ...keyOf(given, before), ...roleOf(given, before) };
  const draft: AwsDraft = { ...shape.draft, ...named };
  const was = namesOf(before);
  const is = namesOf(draft);
  const changed = (['keyArn', 'roleArn'] as const).filter((field) => was[field] !== is[field]);
  const only = (names: typeof was) => Object.fromEntries(changed.map((field) => [field, names[field]]));
  return { draft, before: { ...shape.before, ...only(was) }, after: { ...shape.after, ...only(is) } };
}

function refuseWrong(given: PrepareValues, before: AwsDraft, ours: Ours): void {
  const fields: Record<string, string> = {};
  const vendorAccountId = ours.account;
  const chosen = { region: before.region, accountId: before.accountId || unknownAccount, vendorAccountId };
  if (given.keyArn) {
    const key = parseKeyReference(given.keyArn, chosen);
    const problem = key.ok ? keyProblems(key.value, chosen)[0] : key.message;
    if (problem) fields.keyArn = problem;
  }
  if (given.roleArn) {
    const role = parseRoleArn(given.roleArn);
    const problem = role.ok ? roleProblems(role.value, chosen)[0] : role.message;
    if (problem) fields.roleArn = problem;
  }
  if (Object.keys(fields).length > 0) throw new Refusal('invalid-input', { fields });
}

function namesOf(draft: AwsDraft): { keyArn: string; roleArn: string } {
  return { keyArn: draft.keyArn, roleArn: draft.authMode === 'access-key' ? '' : draft.roleArn };
}

function keyOf({ keyArn }: PrepareValues, before: AwsDraft): { keyArn?: string } {
  return keyArn === undefined || before.createsKey ? {} : { keyArn };
}

/** While there is no key, a role that follows from account and name is left to follow from them; with the key it is settled. */
function roleOf(given: PrepareValues, before: AwsDraft): { roleArn?: string } {
  if (before.authMode === 'access-key' || (given.roleArn === undefined && given.keyArn === undefined)) return {};
  const follows = roleArnFor({ ...before, roleArn: '' });
  const roleArn = (given.roleArn ?? before.roleArn) || follows;
  const keyArn = given.keyArn ?? before.keyArn;
  return { roleArn: keyArn === '' && roleArn === follows ? '' : roleArn };
}
