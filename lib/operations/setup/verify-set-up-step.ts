import { z } from 'zod';
import {
  checklists,
  inputsOf,
  type RowId,
  storedRecord,
  type VerifiableStep,
  type VerificationEvent,
  type VerifiedRow,
  verifiableSteps,
} from '../../byok/checklist.ts';
import { type Known, known } from '../../byok/connection-mode.ts';
import { Refusal } from '../../byok/errors.ts';
import { judge } from '../../byok/lifecycle.ts';
import { putIntoChecklist } from '../../db/checklist-store.ts';
import { databaseNow } from '../../db/database-clock.ts';
import { type ConfigurationRow, editedOf, findKey } from '../../db/key-store.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { toConfiguration } from '../../key-lifecycle/configuration.ts';
import { runVerification } from '../../key-lifecycle/self-test.ts';
import { serviceRoleArn } from '../../key-lifecycle/service-role.ts';
import { operation } from '../operation.ts';
import { checklistFacts, roleArnFor } from './checklist.ts';

/**
 * Verifies one step of the set-up guide against AWS, for what is saved of the configuration, each row as it comes. Saves
 * nothing but what was seen, and that only when it ran to its end; the key's revision stays.
 */
export const verifySetUpStep = operation.stream({
  name: 'verify-set-up-step',
  permission: 'keys.test',
  limit: 'verify',
  input: z.object({ keyId: z.uuid(), step: z.enum(verifiableSteps) }),
  async *run(context, { keyId, step }, audit): AsyncGenerator<VerificationEvent> {
    const [tenant, key] = await Promise.all([findTenant(context.tenantId), findKey(context.tenantId, keyId)]);
    if (!tenant || !key) throw new Refusal('not-found');
    const verdict = judge('edit', key.state);
    if (!verdict.allowed) throw new Refusal('not-allowed-in-state', { details: { reason: verdict.reason } });
    const row = known(editedOf(key));
    refuseWithout(step, row);
    const facts = checklistFacts(row, tenant, await serviceRoleArn(row.region));
    const configuration = toConfiguration({ ...row, roleArn: roleArnFor(row) }, key);
    const rows = new Map<RowId, VerifiedRow>();
    const abort = new AbortController();
    audit.detail = { target: keyId, after: { step, outcome: 'abandoned' } };
    try {
      for await (const event of runVerification(step, configuration, tenant, abort.signal)) {
        if (event.type === 'row') rows.set(event.row.id, event.row);
        const seen = [...rows.values()];
        audit.detail = {
          target: keyId,
          after: {
            step,
            outcome: event.type === 'done' ? event.status : 'abandoned',
            checks: Object.fromEntries(seen.map(({ id, outcome }) => [id, outcome])),
          },
          awsRequestIds: seen.flatMap(({ awsRequestIds }) => awsRequestIds),
        };
        if (event.type === 'done') {
          const at = databaseNow().toISOString();
          const by = { at, by: context.actorName, requestId: context.requestId };
          await putIntoChecklist(row.id, {
            [step]: storedRecord({ ...by, inputs: inputsOf(step, facts), rows: seen }),
          });
        }
        yield event;
      }
    } finally {
      abort.abort();
    }
  },
});

/** @throws Refusal where the step is not of this authentication mode, or nothing is entered that could be asked about */
function refuseWithout(step: VerifiableStep, row: Known<ConfigurationRow>): void {
  const mode = row.authMode;
  const steps: readonly string[] = checklists[mode];
  if (!steps.includes(step)) throw new Refusal('invalid-input', { fields: { step: 'This set-up has no such step.' } });
  const fields: Record<string, string> = {};
  if (mode === 'assume-role' && roleArnFor(row) === '') fields.roleArn = 'Say first which role it is.';
  if (mode === 'access-key' && (row.accessKeyId === '' || !row.secretId))
    fields.accessKeyId = 'Enter the access key in Connect first.';
  if (step !== 'role' && step !== 'user' && row.keyArn === '') fields.keyArn = 'Paste the key’s ARN first.';
  if (Object.keys(fields).length > 0) throw new Refusal('invalid-input', { fields });
}
