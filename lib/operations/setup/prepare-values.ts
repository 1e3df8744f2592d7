import 'server-only';
import { z } from 'zod';
import { parseKeyReference, parseRoleArn } from '../../byok/arn.ts';
import type { Known } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import { keyProblems, roleProblems, unknownAccount } from '../../byok/key-configuration.ts';
import type { ConfigurationRow } from '../../db/key-store.ts';
import { roleArnFor } from './checklist.ts';

const arn = z.string().trim().max(2_048).optional();

/** What Prepare AWS may bring along of Connect: each as soon as it is known, and not before. */
export const arnValues = { keyArn: arn, roleArn: arn };
export type ArnValues = { keyArn?: string | undefined; roleArn?: string | undefined };

export type ArnPatch = {
  configuration: { keyArn?: string; roleArn?: string };
  before: Record<string, string>;
  after: Record<string, string>;
};

/**
 * Unlike Connect it takes the one without the other; what is given has to be right. With the key the role is settled, too,
 * so that both can be tested together. @throws Refusal `invalid-input` with a sentence per field
 */
export function arnPatch(given: ArnValues, before: Known<ConfigurationRow>, vendorAccountId: string): ArnPatch {
  const fields: Record<string, string> = {};
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
  const configuration = { ...keyOf(given, before), ...roleOf(given, before) };
  const was = { keyArn: before.keyArn, roleArn: before.roleArn };
  const changed = (['keyArn', 'roleArn'] as const).filter(
    (field) => configuration[field] !== undefined && configuration[field] !== was[field],
  );
  return {
    configuration,
    before: Object.fromEntries(changed.map((field) => [field, was[field]])),
    after: Object.fromEntries(changed.map((field) => [field, configuration[field] ?? ''])),
  };
}

function keyOf({ keyArn }: ArnValues, before: ConfigurationRow): { keyArn?: string } {
  return keyArn === undefined || before.createsKey ? {} : { keyArn };
}

/** While there is no key, a role that follows from account and name is left to follow from them; with the key it is settled. */
function roleOf(given: ArnValues, before: Known<ConfigurationRow>): { roleArn?: string } {
  if (before.authMode !== 'assume-role' || (given.roleArn === undefined && given.keyArn === undefined)) return {};
  const follows = roleArnFor({ ...before, roleArn: '' });
  const roleArn = (given.roleArn ?? before.roleArn) || follows;
  const keyArn = given.keyArn ?? before.keyArn;
  return { roleArn: keyArn === '' && roleArn === follows ? '' : roleArn };
}
