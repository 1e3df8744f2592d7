import { parseKeyArn, parseRoleArn } from './arn.ts';
import type { AwsDraft } from './connection.ts';
import { rolePageUrl } from './console-links.ts';
import { permissionPolicy } from './policies.ts';
import { mayBeWide, type PolicyScope } from './policy-breadth.ts';
import { readPolicyScope } from './policy-scope.ts';
import { keysBeside } from './standing-uses.ts';
import { standingUsesOf } from './standing-uses-of.ts';

/** Since when it may, and what to replace it by once the key is known. */
export type PolicyReminder = { scope: PolicyScope; narrowed: object | null; roleUrl: string | null };

/** What a key in use is reminded of while its role's policy may name every key; null where there is nothing to remember. */
export function policyReminder(
  draft: AwsDraft,
  checklist: unknown,
  key: {
    tenantId: string;
    pinnedKeyRef: string | null;
    uses: Parameters<typeof standingUsesOf>[0];
    consoleUrl: string;
  },
): PolicyReminder | null {
  const scope = readPolicyScope(checklist);
  if (draft.authMode === 'access-key' || !scope || !mayBeWide(scope)) return null;
  const given = parseKeyArn(draft.keyArn);
  const keyArn = key.pinnedKeyRef ?? (given.ok ? given.value.arn : null);
  const role = parseRoleArn(draft.roleArn);
  return {
    scope,
    narrowed: keyArn
      ? permissionPolicy({
          keyArn,
          alsoKeyArns: keysBeside(standingUsesOf(key.uses), draft.roleArn, keyArn),
          tenantId: key.tenantId,
          shape: draft.policyShape,
          dataKeyPair: draft.dataKeyPair,
        })
      : null,
    roleUrl: role.ok ? rolePageUrl({ ...role.value, baseUrl: key.consoleUrl }) : null,
  };
}
