import { z } from 'zod';
import { type RowFinding, type RowId, storedRecord, type VerificationEvent } from '../../byok/checklist.ts';
import { setUpSteps } from '../../byok/checks.ts';
import { readDraft, rulesOf } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { evaluateCommand } from '../../byok/lifecycle.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import { inWords } from '../../byok/test-report.ts';
import { putIntoChecklist } from '../../db/checklist-store.ts';
import { databaseNow } from '../../db/database-clock.ts';
import { editedOf, findKey } from '../../db/key-store.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { joinedOf } from '../../key-lifecycle/configuration.ts';
import { runVerification } from '../../key-lifecycle/self-test.ts';
import { keyServices } from '../../kms/key-service.ts';
import { operation } from '../operation.ts';

/**
 * Verifies one step of the set-up guide against AWS, for what is saved of the configuration, each row as it comes. Saves
 * nothing but what was seen, and that only when it ran to its end; the key's revision stays.
 */
export const verifySetUpStep = operation.stream({
  name: 'verify-set-up-step',
  permission: 'keys.test',
  limit: 'verify',
  input: z.object({ keyId: z.uuid(), step: z.enum(setUpSteps) }),
  async *run(context, { keyId, step }, audit): AsyncGenerator<VerificationEvent> {
    const [tenant, key] = await Promise.all([findTenant(context.tenantId), findKey(context.tenantId, keyId)]);
    if (!tenant || !key) throw new Refusal('not-found');
    const decision = evaluateCommand('edit', key.state);
    if (!decision.allowed) throw new Refusal('not-allowed-in-state', { details: { reason: decision.reason } });
    const row = editedOf(key);
    const draft = readDraft(row);
    const rules = rulesOf(draft);
    const ours = await keyServices[draft.provider].ourIdentity(rules.describe(draft).location);
    const verification = rules.verificationOf(draft, step, ours, joinedOf(row, tenant));
    if (!verification.ok) throw new Refusal('invalid-input', { fields: verification.problems });
    const tested = { draft: rules.withFollowing(draft), secretId: row.secretId };
    const rows = new Map<RowId, RowFinding>();
    const abort = new AbortController();
    audit.detail = { target: keyId, after: { step, outcome: 'abandoned' } };
    try {
      for await (const event of runVerification(step, tested, tenant, abort.signal)) {
        if (event.type === 'check') rows.set(event.result.id, event.result);
        const seen = [...rows.values()];
        audit.detail = {
          target: keyId,
          after: {
            step,
            outcome: event.type === 'done' ? event.status : 'abandoned',
            checks: Object.fromEntries(seen.map(({ id, outcome }) => [id, outcome])),
          },
          providerRequestIds: seen.flatMap(({ providerRequestIds }) => providerRequestIds),
        };
        if (event.type === 'done') {
          const at = databaseNow().toISOString();
          const by = { at, by: context.who, requestId: context.requestId };
          await putIntoChecklist(row.id, {
            [step]: storedRecord({ ...by, inputs: verification.inputs, rows: seen }),
          });
        }
        yield event.type === 'check' ? { type: 'check', result: inWords(event.result, wordsOf) } : event;
      }
    } finally {
      abort.abort();
    }
  },
});
