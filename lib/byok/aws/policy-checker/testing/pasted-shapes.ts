import { labelStatements } from '../../permitted-actions.ts';
import { keyPolicy, permissionPolicy, trustPolicy } from '../../policies.ts';
import type { PolicyShape } from '../../policy-shape.ts';
import {
  contextKey,
  cryptographic,
  externalId,
  keyArn,
  keyDenies,
  keyDescribes,
  keyUses,
  onKey,
  type Pasted,
  permits,
  policy,
  rootStatement,
  tenantId,
  trust,
  values,
  valuesFor,
} from './statements.ts';

const sister = '0c0ffee0-1111-4222-8333-444455556666';
const byAccount: Partial<PolicyShape> = { keyPrincipal: 'account' };
const shared: Partial<PolicyShape> = { otherTenants: [sister] };
const ourAccount: Partial<PolicyShape> = { trustPrincipal: 'account' };
const bothTenants = { StringEquals: { [contextKey]: [tenantId, sister] } };
const shown = (chosen: NonNullable<Pasted[4]>) => ({ ...valuesFor(chosen), accountId: values.keyAccountId });

/** For tests: policies where the customer chose how they are to be written, and exactly what is to be found in each. */
export const shapedPolicies: Pasted[] = [
  ['as the console shows it, for the account', 'key', keyPolicy(shown({ shape: byAccount })), [], { shape: byAccount }],
  [
    'as the console shows it, for two tenants and key pairs',
    'key',
    keyPolicy(shown({ shape: shared, dataKeyPair: true })),
    [],
    { shape: shared, dataKeyPair: true },
  ],
  [
    'as the console shows it, for two tenants and key pairs',
    'permission',
    permissionPolicy({ ...shown({ shape: shared, dataKeyPair: true }), keyArn: keyArn ?? '' }),
    [],
    { shape: shared, dataKeyPair: true },
  ],
  [
    'as the console shows it, for the account',
    'trust',
    trustPolicy(shown({ shape: ourAccount })),
    [],
    { shape: ourAccount },
  ],
  ['the role where the account was chosen', 'key', onKey({}), [], { shape: byAccount }],
  ['the service role where our account was chosen', 'trust', trust({}), [], { shape: ourAccount }],
  [
    'AWS’s own for a new key where the account was chosen',
    'key',
    policy(rootStatement),
    ['context-deny-missing'],
    { shape: byAccount },
  ],
  [
    'two external IDs where two tenants share the role',
    'trust',
    trust({ Condition: { StringEquals: { 'sts:ExternalId': [externalId, 'kw-of-the-sister'] } } }),
    [],
    { shape: shared },
  ],
  [
    'one tenant of two, in Allow and Deny',
    'key',
    policy(rootStatement, keyDescribes, keyUses, keyDenies),
    ['context-lacks-tenant', 'denied-to-us'],
    { shape: shared },
  ],
  [
    'with leave to see labels and aliases',
    'permission',
    permits({}, ...(labelStatements(keyArn ?? '') as Record<string, unknown>[])),
    [],
  ],
  ['one tenant of two', 'permission', permits({}), ['context-lacks-tenant'], { shape: shared }],
  ['two tenants of two', 'permission', permits({ Condition: bothTenants }), [], { shape: shared }],
  [
    'no key pairs where they are wanted',
    'permission',
    permits({ Action: cryptographic }),
    ['action-missing'],
    { dataKeyPair: true },
  ],
];
