import { Refusal } from '../errors.ts';
import type { DraftChange, Ours } from '../provider-rules.ts';
import * as z from '../zod-config.ts';
import { parseKeyReference, parseRoleArn } from './arn.ts';
import { shapeChange } from './choices.ts';
import { keyProblems, roleProblems, unknownAccount } from './connect-problems.ts';
import type { AwsDraft } from './connection.ts';
import { roleArnFor } from './draft-checklist.ts';
import { awsMessage } from './messages/aws-message.ts';
import { placeChange, placeFields } from './place.ts';
import { policyShapeSchema } from './policy-shape.ts';

const arn = z.string().trim().max(2_048).optional();

/** How the policies are to be written, where role and key are, and which: each as soon as it is known, and not before. */
export const prepareValues = z.object({
  policyShape: policyShapeSchema.optional(),
  keyArn: arn,
  roleArn: arn,
  /** Where no key is named, Keyward is to create it. Left out: as it was chosen. */
  createsKey: z.boolean().optional(),
  ...placeFields,
});
export type PrepareValues = z.output<typeof prepareValues>;

/**
 * Unlike `connectChange` it takes the one ARN without the other; what is given has to be right. With the key the role is settled,
 * too, so that both can be tested together. @throws Refusal `invalid-input` with a sentence per field
 */
export function prepareChange(from: AwsDraft, given: PrepareValues, { ours }: { ours: Ours }): DraftChange<AwsDraft> {
  const place = placeChange(from, given);
  const before = place.draft;
  refuseWrong(given, before, ours);
  const shape = shapeChange(before, given.policyShape);
  const draft: AwsDraft = { ...shape.draft, ...keyOf(given, before), ...roleOf(given, before) };
  const was = namesOf(from);
  const is = namesOf(draft);
  const changed = (['keyArn', 'roleArn'] as const).filter((field) => was[field] !== is[field]);
  const only = (names: typeof was) => Object.fromEntries(changed.map((field) => [field, names[field]]));
  return {
    draft,
    before: { ...place.before, ...shape.before, ...only(was) },
    after: {
      ...place.after,
      ...shape.after,
      ...only(is),
      ...(draft.createsKey && !from.createsKey ? { keyArn: awsMessage('created-by-keyward') } : {}),
    },
  };
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

function keyOf({ keyArn, createsKey }: PrepareValues, before: AwsDraft): { keyArn?: string; createsKey?: boolean } {
  if (createsKey === undefined) return keyArn === undefined || before.createsKey ? {} : { keyArn };
  const named = keyArn ?? before.keyArn;
  return { keyArn: named, createsKey: createsKey && named === '' };
}

/** While there is no key, a role that follows from account and name is left to follow from them; with the key it is settled. */
function roleOf(given: PrepareValues, before: AwsDraft): { roleArn?: string } {
  if (before.authMode === 'access-key' || (given.roleArn === undefined && given.keyArn === undefined)) return {};
  const follows = roleArnFor({ ...before, roleArn: '' });
  const roleArn = (given.roleArn ?? before.roleArn) || follows;
  const { keyArn = before.keyArn, createsKey = false } = keyOf(given, before);
  return { roleArn: keyArn === '' && !createsKey && roleArn === follows ? '' : roleArn };
}
