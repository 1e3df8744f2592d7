/** Test Configuration for a slot, check by check. The first that fails leaves out those that rest on it. */
import { cutOffMeans } from '#lib/byok/cut-off.ts';
import { failureWordsOf } from '#lib/byok/failure-words.ts';
import { said } from '#lib/byok/messages/message.ts';
import { regionRefusal } from '#lib/byok/region-rule.ts';
import type { CheckFinding, CheckResult, FinalOutcome, TestEvent } from '#lib/byok/test-report.ts';
import { isPassing, warningsOf } from '#lib/byok/test-report.ts';
import { defaultLimits } from '#lib/kms/call-limits.ts';
import { KmsError } from '#lib/kms/errors.ts';
import type { TestOptions } from '#lib/kms/key-service.ts';
import { appIdOfTest } from '#lib/kms/provider.ts';
import { toVaultConnection, type VaultConnection, type VaultDraft } from '../rules/connection.ts';
import { type VaultCheckId, vaultChecks } from '../rules/declaration.ts';
import { VaultProvider } from './provider.ts';
import { callVault } from './vault-client.ts';

type CheckOutcome = Pick<CheckResult, 'summary'> & Partial<CheckResult> & { outcome: FinalOutcome };
type Run = {
  options: TestOptions<VaultDraft>;
  calls: string[];
  actions: NonNullable<CheckResult['actions']>;
  connection?: VaultConnection;
  pinned?: string;
};

export async function* selfTestVault(options: TestOptions<VaultDraft>): AsyncGenerator<TestEvent<CheckFinding>> {
  const run: Run = { options, calls: [], actions: [] };
  const results: CheckFinding[] = [];
  for (const { id } of vaultChecks) {
    if (results.some(({ outcome }) => outcome === 'failed')) {
      results.push(resultOf(id, { outcome: 'not-run', summary: '' }, run, 0));
    } else {
      yield { type: 'check', result: resultOf(id, { outcome: 'skipped', summary: '' }, run, 0, 'running') };
      Object.assign(run, { calls: [], actions: [] });
      const began = performance.now();
      const verdict = await checks[id](run).catch((error: unknown) => failed(error));
      results.push(resultOf(id, verdict, run, performance.now() - began));
    }
    const [last] = results.slice(-1);
    if (last) yield { type: 'check', result: last };
  }
  const passed = isPassing(
    vaultChecks.map(({ id }) => id),
    results,
  );
  yield { type: 'done', passed, warnings: warningsOf(results), pinnedKeyRef: run.pinned ?? null, facts: null };
}

const checks: Record<VaultCheckId, (run: Run) => Promise<CheckOutcome>> = {
  async format(run) {
    const made = toVaultConnection(run.options.draft);
    if (!made.ok) return { outcome: 'failed', summary: Object.values(made.problems).join(' ') };
    run.connection = made.connection;
    return { outcome: 'passed', summary: 'Hall and slot are names as the Vault of Tests has them.' };
  },
  async hall(run) {
    const { tenant, draft } = run.options;
    const refusal = regionRefusal(draft.hall, tenant);
    if (refusal) return { outcome: 'failed', summary: refusal };
    return draft.hall === tenant.homeRegion
      ? { outcome: 'passed', summary: 'The hall is where your data lies.' }
      : {
          outcome: 'warning',
          cause: 'other-region',
          summary: `The slot is in ${draft.hall}, your data lies in ${tenant.homeRegion}.`,
        };
  },
  async connectivity(run) {
    // Whatever it says of the slot, it has answered.
    await look(run).catch((error: unknown) => {
      if (!(error instanceof KmsError) || error.class === 'transient') throw error;
    });
    return { outcome: 'passed', summary: 'The Vault of Tests answers.' };
  },
  async slot(run) {
    run.pinned = await look(run);
    return { outcome: 'passed', summary: 'The slot is open, and takes what we show.', details: detailsOf(run) };
  },
  async 'encryption-decryption'(run) {
    await withProvider(run, async (provider) => {
      const ids = { tenantId: run.options.tenant.id, appId: appIdOfTest };
      const made = await provider.generateDataKey(ids, run.options.signal);
      const again = await provider.wrap(made.plaintext, ids, run.options.signal);
      const back = await provider.unwrap(again.wrapped, ids, run.options.signal);
      const isSame = back.plaintext.equals(made.plaintext);
      for (const plaintext of [made.plaintext, back.plaintext]) plaintext.fill(0);
      run.calls.push(...made.requestIds, ...again.requestIds, ...back.requestIds);
      if (!isSame) throw new KmsError('wrong-plaintext');
    });
    for (const action of ['make', 'wrap', 'unwrap']) run.actions.push({ action, outcome: 'permitted' });
    return { outcome: 'passed', summary: 'A data key went there and came back the same.' };
  },
  async context(run) {
    const tenantId = run.options.tenant.id;
    const refused = await withProvider(run, async (provider) => {
      const made = await provider.generateDataKey({ tenantId, appId: appIdOfTest }, run.options.signal);
      made.plaintext.fill(0);
      const other = { tenantId, appId: `${appIdOfTest}-other` };
      return provider.unwrap(made.wrapped, other, run.options.signal).then(
        () => false,
        (error: unknown) => error instanceof KmsError && error.class === 'integrity',
      );
    });
    return refused
      ? { outcome: 'passed', summary: 'What was wrapped for one app opens for no other.' }
      : { outcome: 'failed', summary: 'What was wrapped for one app opened for another.' };
  },
  async 'key-in-force'(run) {
    const { standing = [], signal } = run.options;
    if (standing.length === 0)
      return { outcome: 'skipped', summary: 'Does not apply: no data uses an earlier version of this key.' };
    for (const one of standing) {
      const key = await one.connect();
      try {
        const { plaintext, requestIds } = await key.unwrap(one.wrapped, one.ids, signal);
        plaintext.fill(0);
        run.calls.push(...requestIds);
      } catch (error) {
        if (!(error instanceof KmsError) || error.failure === 'aborted') throw error;
        const { meaning, next } = failureWordsOf(one.connection.provider, error.failure);
        return {
          outcome: cutOffMeans(one.active, error.failure),
          cause: 'key-cut-off',
          summary: `Version ${one.number} is cut off. ${meaning}`,
          remedy: { text: next },
        };
      } finally {
        key.close();
      }
    }
    const names = standing.map(({ number }) => `version ${number}`).join(', ');
    return {
      outcome: 'passed',
      summary: `Existing data stays readable until it has moved: ${names}.`,
    };
  },
};

async function look(run: Run): Promise<string> {
  const { options, connection } = run;
  if (!connection) throw new KmsError('invalid-request');
  const { draft, tenant, secret, signal } = options;
  const access = { mode: draft.authMode, tenantId: tenant.id, secret };
  const place = connection.key;
  const answer = await callVault({ access, place, act: 'look', timeoutMs: defaultLimits.totalTimeoutMs, signal });
  run.calls.push(answer.call);
  run.actions.push({ action: 'look', outcome: 'permitted' });
  return answer.key;
}

async function withProvider<T>(run: Run, work: (provider: VaultProvider) => Promise<T>): Promise<T> {
  const { connection, pinned, options } = run;
  if (!connection || pinned === undefined) throw new KmsError('invalid-request');
  const { tenant, externalId, secret } = options;
  const given = { tenantId: tenant.id, externalId, connection, pinnedKeyRef: pinned, generates: true, secret };
  const provider = new VaultProvider(given, { limits: {} });
  try {
    return await work(provider);
  } finally {
    provider.close();
  }
}

function failed(error: unknown): CheckOutcome {
  if (!(error instanceof KmsError) || error.failure === 'aborted') throw error;
  const { meaning, next } = failureWordsOf('vault', error.failure);
  return {
    outcome: 'failed',
    cause: error.failure,
    summary: meaning,
    providerRequestIds: error.requestIds,
    remedy: { text: next },
  };
}

function resultOf(
  id: VaultCheckId,
  verdict: CheckOutcome,
  { calls, actions }: Run,
  durationMs: number,
  outcome: CheckResult['outcome'] = verdict.outcome,
): CheckFinding {
  const { summary, details = [], remedy, ...rest } = verdict;
  const told = {
    summary: said(summary),
    details: details.map(({ label, value }) => ({ label: said(label), value })),
    ...(remedy ? { remedy: { text: said(remedy.text) } } : {}),
  };
  return { id, providerRequestIds: [...calls], actions: [...actions], ...rest, ...told, outcome, durationMs };
}

function detailsOf({ pinned = '' }: Run): CheckResult['details'] {
  return [{ label: 'Slot', value: pinned }];
}
