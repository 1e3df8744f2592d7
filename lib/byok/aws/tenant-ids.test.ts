import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { policyShapeSchema, readPolicyShape } from './policy-shape.ts';
import { distinctTenantIds, mostOtherTenants, tenantIdsProblem, usualShape } from './tenant-ids.ts';

const id = '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11';

describe('IDs of other tenants', () => {
  it('are told wrong exactly where the schema refuses them, in its words', () => {
    const given = fc.array(
      fc.oneof(
        fc.uuid(),
        fc.constantFrom(id.toUpperCase(), id, '', '0'.repeat(36), `${id} `, id.replace('4b7e', 'fb7e')),
      ),
      { maxLength: 3 },
    );
    fc.assert(fc.property(given, agrees));
    for (const length of [mostOtherTenants, mostOtherTenants + 1]) agrees(Array.from({ length }, () => id));
    for (const digit of ['0', 'f']) agrees([id.replace(/[0-9a-f]/g, digit)]);
  });

  it('are none in the usual shape', () => {
    expect(readPolicyShape({})).toEqual(usualShape);
  });
});

function agrees(otherTenants: string[]): void {
  const parsed = policyShapeSchema.safeParse({ otherTenants });
  expect(tenantIdsProblem(otherTenants)).toBe(parsed.success ? null : parsed.error.issues[0]?.message);
  if (parsed.success) expect(distinctTenantIds(otherTenants)).toEqual(parsed.data.otherTenants);
}
