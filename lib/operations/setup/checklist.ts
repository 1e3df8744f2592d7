import 'server-only';
import { isAccountId, roleArnOf } from '../../byok/arn.ts';
import {
  type ChecklistFacts,
  type ChecklistView,
  checklists,
  readChecklist,
  type SetUpStep,
  statusOf,
} from '../../byok/checklist.ts';
import type { Known } from '../../byok/connection-mode.ts';
import { readPolicyShape } from '../../byok/policy-shape.ts';
import { isKnownRegion, partitionOf } from '../../byok/regions.ts';
import type { ReportView } from '../../byok/setup-views.ts';
import type { ConfigurationRow } from '../../db/key-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';

/** What verifications of this configuration rest on; `serviceRoleArn` is the one of its region. */
export function checklistFacts(
  row: Known<ConfigurationRow>,
  tenant: TenantRecord,
  serviceRoleArn: string,
): ChecklistFacts {
  return {
    authMode: row.authMode,
    region: row.region,
    roleArn: roleArnFor(row),
    serviceRoleArn,
    externalId: tenant.externalId,
    accessKeyId: row.accessKeyId,
    secretId: row.secretId ?? '',
    keyArn: row.keyArn,
    tenantId: tenant.id,
    keyPrincipal: readPolicyShape(row.policyShape).keyPrincipal,
  };
}

/** The role's ARN as entered; before it is, the one that the role has when it is made as the guide says. */
export function roleArnFor({ roleArn, region, accountId, roleName }: ConfigurationRow): string {
  if (roleArn !== '' || !isKnownRegion(region) || !isAccountId(accountId) || roleName === '') return roleArn;
  return roleArnOf(partitionOf(region), accountId, roleName);
}

/** How far the set-up was verified, as screens and the hand-over show it. */
export function toChecklistView(
  row: ConfigurationRow,
  facts: ChecklistFacts,
  report: Pick<ReportView, 'passed' | 'stale'> | null,
): ChecklistView {
  const checklist = readChecklist(row.checklist);
  const steps = checklists[facts.authMode].map((id: SetUpStep) => {
    const found = id === 'configuration' || id === 'share' ? undefined : checklist.steps[id];
    const record = found ? { at: found.at, by: found.by, requestId: found.requestId, rows: found.rows } : null;
    return { id, status: statusOf(id, checklist, facts, report), record };
  });
  return { steps, scope: checklist.scope };
}
