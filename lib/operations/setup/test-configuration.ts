import { z } from 'zod';
import { readDraft } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import { evaluateCommand } from '../../byok/lifecycle.ts';
import { wordsOf } from '../../byok/messages/words.ts';
import { type CheckFinding, inWords, type TestEvent } from '../../byok/test-report.ts';
import { databaseNow } from '../../db/database-clock.ts';
import { editedOf, findKey, insertReport } from '../../db/key-store.ts';
import { findTenant } from '../../db/tenant-store.ts';
import { fingerprintOf } from '../../key-lifecycle/configuration.ts';
import { runSelfTest } from '../../key-lifecycle/self-test.ts';
import { operation } from '../operation.ts';
import { standingWrappings } from '../rotation/standing-wrappings.ts';

/**
 * Tests what is saved of the configuration, each check as it comes. Changes nothing and saves nothing but its report,
 * and that only when the test ran to its end: an abandoned test proves nothing.
 */
export const testConfiguration = operation.stream({
  name: 'test-configuration',
  permission: 'keys.test',
  limit: 'test',
  input: z.object({ keyId: z.uuid() }),
  async *run(context, { keyId }, audit): AsyncGenerator<TestEvent> {
    const [tenant, key] = await Promise.all([findTenant(context.tenantId), findKey(context.tenantId, keyId)]);
    if (!tenant || !key) throw new Refusal('not-found');
    const decision = evaluateCommand('test', key.state);
    if (!decision.allowed) throw new Refusal('not-allowed-in-state', { details: { reason: decision.reason } });
    const row = editedOf(key);
    const fingerprint = fingerprintOf(row, tenant);
    const results = new Map<string, CheckFinding>();
    const abort = new AbortController();
    audit.detail = { target: keyId, after: { outcome: 'abandoned' } };
    try {
      const standing = await standingWrappings(key);
      for await (const event of runSelfTest(
        { draft: readDraft(row), secretId: row.secretId },
        tenant,
        abort.signal,
        standing,
      )) {
        if (event.type === 'check') results.set(event.result.id, event.result);
        const checks = [...results.values()];
        audit.detail = {
          target: keyId,
          after: {
            outcome: event.type === 'done' ? (event.passed ? 'passed' : 'failed') : 'abandoned',
            checks: Object.fromEntries(checks.map((check) => [check.id, check.outcome])),
          },
          providerRequestIds: checks.flatMap((check) => check.providerRequestIds),
        };
        if (event.type === 'done') {
          await insertReport({
            keyId,
            fingerprint,
            passed: event.passed,
            // Through JSON once: without absent fields.
            checks: JSON.parse(JSON.stringify(checks)),
            warnings: event.warnings,
            pinnedKeyRef: event.pinnedKeyRef,
            ...(event.facts ? { facts: event.facts } : {}),
            testedBy: context.who,
            requestId: context.requestId,
            startedAt: context.now,
            finishedAt: databaseNow(),
          });
        }
        yield event.type === 'check' ? { type: 'check', result: inWords(event.result, wordsOf) } : event;
      }
    } finally {
      abort.abort();
    }
  },
});
