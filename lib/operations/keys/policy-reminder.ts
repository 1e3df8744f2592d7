import 'server-only';
import { parseKeyArn, parseRoleArn } from '../../byok/arn.ts';
import { mayBeWide, readChecklist } from '../../byok/checklist.ts';
import { isKnown } from '../../byok/connection-mode.ts';
import { rolePageUrl } from '../../byok/console-links.ts';
import type { KeyPageView } from '../../byok/key-views.ts';
import { permissionPolicy } from '../../byok/policies.ts';
import { readPolicyShape } from '../../byok/policy-shape.ts';
import { keysBeside, type StandingUse } from '../../byok/standing-uses.ts';
import { getConfig } from '../../config/config.ts';
import { type KeyRow, shownOf } from '../../db/key-store.ts';

/** What a key in use is reminded of while its role's policy may name every key; null where there is nothing to remember. */
export function policyReminderOf(key: KeyRow, inUse: readonly StandingUse[]): KeyPageView['policyScope'] {
  const row = shownOf(key);
  const { scope } = readChecklist(row?.checklist);
  if (
    !row ||
    !isKnown(row) ||
    row.authMode !== 'assume-role' ||
    !scope ||
    !mayBeWide(scope) ||
    key.state === 'reverted'
  )
    return null;
  const given = parseKeyArn(row.keyArn);
  const keyArn = key.currentVersion?.pinnedKeyArn ?? (given.ok ? given.value.arn : null);
  const shape = readPolicyShape(row.policyShape);
  const role = parseRoleArn(row.roleArn);
  const baseUrl = getConfig().awsConsoleUrl;
  return {
    scope,
    narrowed: keyArn
      ? permissionPolicy({
          keyArn,
          alsoKeyArns: keysBeside(inUse, row.roleArn, keyArn),
          tenantId: key.tenantId,
          shape,
          dataKeyPair: row.dataKeyPair,
        })
      : null,
    roleUrl: role.ok ? rolePageUrl({ ...role.value, baseUrl }) : null,
  };
}
