import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from '../byok/errors.ts';
import { probeEverySeconds } from '../byok/health.ts';
import { findDataKey } from '../db/data-key-store.ts';
import { claimProbe, endProbe } from '../db/probe-store.ts';
import { findVersion, listWrappedSamples } from '../db/version-store.ts';
import { KmsError } from '../kms/errors.ts';
import { unwrap } from './data-keys.ts';
import { refused } from './keyring.ts';
import { observeAnswer } from './observe.ts';
import { connect } from './providers.ts';

export type Probed = {
  /** Whether this call asked the key service; otherwise somebody else had, less than the interval ago, and its answer counts. */
  asked: boolean;
  providerRequestIds: string[];
};

const answerPollMs = 250;

/**
 * Asks the key service about every version of a key that data hangs on, and about the active one: let in anew, the key
 * described, a real data key unwrapped, nothing of it from a cache. What is seen becomes the versions' health.
 * At most one probe per key and interval is made, whoever asks in whichever process; everybody else waits for its answer.
 * @throws Refusal `unknown-provider`, once the others were asked, where nobody knows how to reach the active one
 */
export async function probeKey(keyId: string, currentVersionId: string | null): Promise<Probed> {
  const claimId = randomUUID();
  for (;;) {
    const claim = await claimProbe(keyId, claimId, probeEverySeconds);
    if (claim.claimed) break;
    if (claim.ended) return { asked: false, providerRequestIds: [] };
    await sleep(answerPollMs);
  }
  try {
    return { asked: true, providerRequestIds: await probeVersions(keyId, currentVersionId) };
  } finally {
    await endProbe(keyId, claimId);
  }
}

/** A data key by which a version shows that it unwraps; none where nothing hangs on it yet. */
type Sample = Awaited<ReturnType<typeof findDataKey>>;

async function probeVersions(keyId: string, currentVersionId: string | null): Promise<string[]> {
  const samples = new Map<string, Sample>();
  for (const { tenantId, appId, dataKeyId } of await listWrappedSamples(keyId)) {
    const row = await findDataKey({ tenantId, appId }, dataKeyId);
    if (row?.unwrapVersionId && !samples.has(row.unwrapVersionId)) samples.set(row.unwrapVersionId, row);
  }
  if (currentVersionId && !samples.has(currentVersionId)) samples.set(currentVersionId, undefined);
  const providerRequestIds: string[] = [];
  const names = [...samples.keys()];
  // One that cannot be asked at all keeps no other from being asked.
  const asked = await Promise.allSettled(names.map((versionId) => probeVersion(versionId, samples.get(versionId))));
  for (const [at, one] of asked.entries()) {
    if (one.status === 'fulfilled') providerRequestIds.push(...one.value);
    else if (names[at] === currentVersionId || !isUnknown(one.reason)) throw one.reason;
  }
  return providerRequestIds;
}

function isUnknown(error: unknown): boolean {
  return error instanceof Refusal && error.code === 'unknown-provider';
}

/** @returns the provider's request IDs; a failure is written down like an answer, and is none of the caller's */
async function probeVersion(versionId: string, sample: Sample): Promise<string[]> {
  // Its health as it was before it is asked: a revocation that is seen meanwhile is not undone by an answer from before.
  const version = await findVersion(versionId);
  if (!version) return [];
  const key = await connect(version, randomUUID());
  const providerRequestIds: string[] = [];
  try {
    providerRequestIds.push(...(await key.look()));
    if (sample) {
      const { plaintext, requestIds } = await unwrap(sample, key);
      plaintext.fill(0);
      providerRequestIds.push(...requestIds);
    } else providerRequestIds.push(...(await key.probe()).requestIds);
    await observeAnswer(versionId, version.health, providerRequestIds, { asked: true });
  } catch (error) {
    if (error instanceof KmsError) providerRequestIds.push(...error.requestIds);
    await refused(versionId, error).catch((refusal: unknown) => {
      if (!(refusal instanceof Refusal)) throw refusal;
    });
  } finally {
    key.close();
  }
  return providerRequestIds;
}
