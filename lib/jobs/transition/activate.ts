import 'server-only';
import { randomUUID } from 'node:crypto';
import { readDraft } from '../../byok/connection.ts';
import type { Refusal } from '../../byok/errors.ts';
import { pinnedInHistory } from '../../byok/history-names.ts';
import type { KeyFacts } from '../../byok/key-facts.ts';
import { message } from '../../byok/messages/catalogue.ts';
import type { CheckFinding } from '../../byok/test-report.ts';
import { activateConfiguration } from '../../db/activate-configuration.ts';
import { appendAudit } from '../../db/audit-store.ts';
import { transaction } from '../../db/client.ts';
import { databaseNow } from '../../db/database-clock.ts';
import { findKey, insertReport, scheduledOf } from '../../db/key-store.ts';
import { findTenant } from '../../db/tenant-store.ts';
import type { TransitionWork } from '../../db/transition-store.ts';
import { fingerprintOf } from '../../key-lifecycle/configuration.ts';
import { newVersion } from '../../key-lifecycle/new-version.ts';
import { runSelfTest } from '../../key-lifecycle/self-test.ts';
import { because } from './because.ts';

/**
 * Tests the scheduled configuration once more and, if it passes, makes a key version of it.
 * @returns the version's ID; undefined where the key was changed meanwhile and another activation will come
 * @throws Refusal when the test fails or it is not known how to reach the key; everything stays on the platform key then
 */
export async function activateScheduled(work: TransitionWork, signal: AbortSignal): Promise<string | undefined> {
  const requestId = randomUUID();
  const { key: enterpriseKey } = work;
  const tenant = await findTenant(work.tenantId);
  if (!tenant || !enterpriseKey || !work.configuration)
    throw new Error(`key transition ${work.id} has nothing to activate`);
  const { configuration } = work;
  const startedAt = databaseNow();
  const results = new Map<string, CheckFinding>();
  let pinnedKeyRef: string | null = null;
  let passed = false;
  let warnings: string[] = [];
  let facts: KeyFacts | null = null;
  const tested = { draft: readDraft(configuration), secretId: configuration.secretId };
  for await (const event of runSelfTest(tested, tenant, signal)) {
    if (event.type === 'check') results.set(event.result.id, event.result);
    if (event.type === 'done') ({ passed, pinnedKeyRef, warnings, facts } = event);
  }
  signal.throwIfAborted();
  const checks = [...results.values()];
  const providerRequestIds = checks.flatMap((check) => check.providerRequestIds);
  await insertReport({
    keyId: enterpriseKey.id,
    fingerprint: fingerprintOf(configuration, tenant),
    passed,
    checks: JSON.parse(JSON.stringify(checks)),
    warnings,
    pinnedKeyRef,
    ...(facts ? { facts } : {}),
    testedBy: 'Keyward',
    requestId,
    startedAt,
    finishedAt: databaseNow(),
  });
  if (!passed || !pinnedKeyRef) throw failedTest(checks, providerRequestIds);
  const pinned = pinnedKeyRef;

  return transaction(async (tx) => {
    const key = await findKey(tenant.id, enterpriseKey.id, tx);
    if (!key || scheduledOf(key)?.id !== configuration.id) return undefined;
    const versionId = await activateConfiguration(
      tx,
      { id: work.id, configurationId: configuration.id },
      newVersion(configuration, tenant, enterpriseKey.id, configuration.scheduledBy ?? 'Keyward', {
        pinnedKeyRef: pinned,
        facts,
        finishedAt: databaseNow(),
        providerRequestIds,
      }),
    );
    if (versionId) {
      await appendAudit(
        {
          tenantId: tenant.id,
          actor: 'Keyward',
          actorRole: 'system',
          operation: 'activate-key',
          outcome: 'done',
          target: enterpriseKey.id,
          before: { state: 'scheduled' },
          after: { state: 'active', ...pinnedInHistory(configuration.provider, pinned) },
          requestId,
          providerRequestIds,
        },
        tx,
      );
    }
    return versionId;
  });
}

function failedTest(checks: CheckFinding[], providerRequestIds: string[]): Refusal {
  const failed = checks.find((check) => check.outcome === 'failed');
  const why = failed
    ? message('check-failed', { check: failed.id, summary: failed.summary })
    : message('test-not-ended');
  return because('test-required', why, providerRequestIds);
}
