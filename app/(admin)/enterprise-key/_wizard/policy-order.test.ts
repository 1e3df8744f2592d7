import { expect, it } from 'vitest';
import { keyPolicy, permissionPolicy, policyText, trustPolicy } from '#lib/byok/policies.ts';
import { inPolicyOrder } from './policy-order.ts';

const values = {
  serviceRoleArn: 'arn:aws:iam::999988887777:role/Keyward',
  externalId: 'kw_8Zq2vX0m5rJtY1cWbN4pLQ',
  partition: 'aws' as const,
  accountId: '111122223333',
  roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
  keyArn: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  tenantId: '0a1b2c3d-0000-4000-8000-0000000000aa',
};

it.each([
  ['trust policy', trustPolicy(values)],
  ['key policy', keyPolicy(values)],
  ['permission policy', permissionPolicy(values)],
])('prints the %s as it was written after a database has sorted its parts', (_, policy) => {
  const stored = sorted(policy);
  expect(policyText(stored as object)).not.toBe(policyText(policy));
  expect(policyText(inPolicyOrder(stored) as object)).toBe(policyText(policy));
});

it('keeps what it does not know, in the order in which it came', () => {
  expect(Object.keys(inPolicyOrder({ Zebra: 1, Effect: 'Deny', Ape: [null, 'x'] }) as object)).toEqual([
    'Effect',
    'Zebra',
    'Ape',
  ]);
});

/** As PostgreSQL's jsonb orders: shorter names first, then by their bytes. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => [name, sorted(part)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => a.length - b.length || (a < b ? -1 : 1)));
}
