import { Refusal } from '../errors.ts';
import type { DraftChange } from '../provider-rules.ts';
import * as z from '../zod-config.ts';
import { parseRoleArn } from './arn.ts';
import { accessKeyValues, connectChange, roleValues } from './connect-values.ts';
import type { AwsDraft } from './connection.ts';
import { isKnownRegion } from './regions.ts';

const region = z.string().trim().max(2_048);
export const rotationValues = z.union([accessKeyValues.extend({ region }), roleValues.extend({ region })]);
export type RotationValues = z.output<typeof rotationValues>;

/**
 * What a rotation is to use, read as the wizard reads it, in the authentication mode that the key has; account and name of
 * a role come from its ARN. @throws Refusal `invalid-input` with a sentence per field
 */
export function rotationChange(
  before: AwsDraft,
  values: RotationValues,
  given: Parameters<typeof connectChange>[2],
): DraftChange<AwsDraft> {
  const { region, ...named } = values;
  const role = 'roleArn' in named ? parseRoleArn(named.roleArn) : undefined;
  const accountId = role?.ok ? role.value.accountId : before.accountId;
  const change = withRegion(region, () => connectChange({ ...before, region, accountId }, named, given));
  return {
    draft: { ...change.draft, ...(role?.ok ? { roleName: role.value.roleName } : { accountId: before.accountId }) },
    before: { region: before.region, ...change.before },
    after: { region, ...change.after },
  };
}

/** The region is a field of the same form: what is wrong with it is told together with the others. */
function withRegion<T>(region: string, read: () => T): T {
  const fields: Record<string, string> = isKnownRegion(region) ? {} : { region: 'Choose an AWS region from the list.' };
  try {
    const change = read();
    if (Object.keys(fields).length > 0) throw new Refusal('invalid-input', { fields });
    return change;
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'invalid-input') throw error;
    throw new Refusal('invalid-input', { fields: { ...error.fields, ...fields } });
  }
}
