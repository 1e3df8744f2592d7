import 'server-only';
import { randomUUID } from 'node:crypto';
import { readConnection, readDraft, toConnection } from '../../byok/connection.ts';
import { cutOffMeans } from '../../byok/cut-off.ts';
import { Refusal } from '../../byok/errors.ts';
import { failureWordsOf, lossWordsOf } from '../../byok/failure-words.ts';
import { countOf } from '../../byok/format.ts';
import { lossCauseOf } from '../../byok/loss-causes.ts';
import type { CheckId } from '../../byok/test-report.ts';
import { getConfig } from '../../config/config.ts';
import { findDataKey } from '../../db/data-key-store.ts';
import type { ConfigurationRow, KeyRow } from '../../db/key-store.ts';
import type { TenantRecord } from '../../db/tenant-store.ts';
import { findVersion, listHanging, listWrappedSamples } from '../../db/version-store.ts';
import { connect } from '../../keyring/providers.ts';
import { openSecret } from '../../keyring/secrets.ts';
import { KmsError } from '../../kms/errors.ts';
import { keyServices } from '../../kms/key-service.ts';
import type { StandingWrapping } from '../../kms/standing-wrapping.ts';
import { isActive } from '../keys/key-facts.ts';

/**
 * A data key of each version of an active key that data hangs on: what a rotation must not cut off. The active one first.
 * @throws Refusal `unknown-provider`: of a version that cannot be asked nobody can say that it is not cut off
 */
export async function standingWrappings(key: KeyRow): Promise<StandingWrapping[]> {
  if (!isActive(key)) return [];
  const hanging = new Map((await listHanging(key.id)).map((one) => [one.versionId, one]));
  const standing: StandingWrapping[] = [];
  for (const { versionId, dataKeyId, ...scope } of await listWrappedSamples(key.id)) {
    const [row, version] = await Promise.all([findDataKey(scope, dataKeyId), findVersion(versionId)]);
    const on = hanging.get(versionId);
    if (!row || !version || !on) continue;
    standing.push({
      number: version.number,
      active: version.isCurrent,
      pinnedKeyRef: version.pinnedKeyRef,
      connection: readConnection(version),
      dataKeys: on.dataKeys,
      records: on.records,
      ids: scope,
      wrapped: row.wrapped,
      connect: () => connect(version, randomUUID()),
    });
  }
  return standing.sort((a, b) => Number(b.active) - Number(a.active) || b.number - a.number);
}

type Prepared = { prepared: ConfigurationRow; pinnedKeyRef: string };

/**
 * Unwraps them all once more before a rotation is activated, as they will be from then on: what was true at the test may
 * have been taken away since. @returns the provider's request IDs
 * @throws Refusal where one that has to stay readable is cut off, or one that nobody has been warned of
 */
export async function proveStanding(
  key: KeyRow,
  tenant: TenantRecord,
  { prepared, pinnedKeyRef }: Prepared,
  acknowledged: readonly CheckId[],
): Promise<string[]> {
  const providerRequestIds: string[] = [];
  for (const one of await standingWrappings(key)) {
    const isOwn = one.connection.provider === prepared.provider && one.pinnedKeyRef === pinnedKeyRef;
    const provider = isOwn ? await connectPrepared(tenant, prepared, pinnedKeyRef) : await one.connect();
    try {
      const { plaintext, requestIds } = await provider.unwrap(one.wrapped, one.ids);
      plaintext.fill(0);
      providerRequestIds.push(...requestIds);
    } catch (error) {
      if (!(error instanceof KmsError)) throw error;
      providerRequestIds.push(...error.requestIds);
      const known = acknowledged.includes('key-in-force') && cutOffMeans(one.active, error.failure) === 'warning';
      if (!known) throw cutOff(one, error);
    } finally {
      provider.close();
    }
  }
  return providerRequestIds;
}

function cutOff({ connection, number, records, dataKeys, active }: StandingWrapping, error: KmsError): Refusal {
  const { provider } = connection;
  const lost = lossCauseOf(provider, error);
  const { meaning, next } = lost ? lossWordsOf(provider, lost) : failureWordsOf(provider, error.failure);
  const what =
    records > 0 ? countOf(records, 'record') : `what ${countOf(dataKeys, 'data key protects', 'data keys protect')}`;
  const name = active ? `Version ${number}, which is active,` : `Version ${number}`;
  const reason = `${name} cannot be reached now: ${what} under it could not be moved. ${meaning}`;
  const code = error.class === 'transient' ? 'key-outage' : 'test-required';
  return new Refusal(code, {
    details: { reason, next, step: 'test', providerRequestIds: error.requestIds },
    cause: error,
  });
}

async function connectPrepared(tenant: TenantRecord, prepared: ConfigurationRow, pinnedKeyRef: string) {
  const made = toConnection(readDraft(prepared));
  if (!made.ok) throw new Refusal('invalid-input', { fields: made.problems });
  const { connection } = made;
  const secret = prepared.secretId ? await openSecret(tenant.id, prepared.secretId) : undefined;
  return keyServices[connection.provider].connect(
    { connection, tenantId: tenant.id, externalId: tenant.externalId, pinnedKeyRef, generates: true, secret },
    { revision: randomUUID(), limits: { totalTimeoutMs: getConfig().kmsTimeoutMs }, onThrottled: () => undefined },
  );
}
