import 'server-only';
import { raiseAlert } from '../alerts/raise-alert.ts';
import { readConnection } from '../byok/connection.ts';
import { isKnown, type Known, unknownProvider } from '../byok/connection-mode.ts';
import { type ErrorCode, Refusal } from '../byok/errors.ts';
import { failureWordsOf, lossWordsOf } from '../byok/failure-words.ts';
import { type Health, nextHealth } from '../byok/health.ts';
import { lossCauseOf } from '../byok/loss-causes.ts';
import { message } from '../byok/messages/catalogue.ts';
import type { Message } from '../byok/messages/message.ts';
import { wordsOf } from '../byok/messages/words.ts';
import { countAppsUnderKey } from '../db/app-store.ts';
import { databaseNow } from '../db/database-clock.ts';
import { findVersion, type VersionConnection, writeHealth } from '../db/version-store.ts';
import { classifyLoss, type Loss } from '../kms/classify-loss.ts';
import type { KmsError } from '../kms/errors.ts';
import { keyServices } from '../kms/key-service.ts';
import { platformDenials } from '../kms/platform/whose-denial.ts';
import { platformProvider } from './platform-key.ts';

/** How long a good answer stands before it is written down again. */
const rewriteAfterMs = 30_000;
const written = new Map<string, { health: Health; at: number }>();

/**
 * The key answered. Written down when that is news, or when what is known has grown old.
 * @param asked whether the call was made to learn of the key: then its answer is written down each time
 */
export async function observeAnswer(
  versionId: string | null,
  health: Health | null,
  providerRequestIds: string[],
  { now = databaseNow(), asked = false }: { now?: Date; asked?: boolean } = {},
): Promise<void> {
  if (versionId === null) return;
  const known = written.get(versionId);
  const isFresh = health === 'healthy' && known?.health === 'healthy' && now.getTime() - known.at < rewriteAfterMs;
  if (isFresh && !asked) return;
  const from = health ?? 'not-yet-checked';
  const to = nextHealth(from, { kind: 'answered' });
  const result = await writeHealth(versionId, {
    from,
    to,
    failure: null,
    keyDeletedAt: null,
    providerRequestId: providerRequestIds.at(-1) ?? null,
    at: now,
    used: true,
  });
  written.set(versionId, { health: to, at: now.getTime() });
  if (result?.changed && from !== 'not-yet-checked')
    await alert(versionId, to, message('key-answers'), providerRequestIds);
}

/**
 * A call to the key failed. Decides what that means, writes it down where it concerns an active version, tells every
 * process when it is a revocation, and says how the caller is to be refused.
 */
export async function observeFailure(versionId: string | null, error: KmsError, now = databaseNow()): Promise<Refusal> {
  // What we gave up ourselves says nothing about the key.
  if (error.failure === 'aborted') return (await cutOffByRevocation(versionId, error)) ?? refusal('key-outage', error);
  if (versionId === null) {
    const isOurs = await platformDenials.areOurs(error, null, now);
    return refusal(
      classifyLoss(error, { everWorked: true, isOurs }) === 'integrity' ? 'cannot-open' : 'unavailable',
      error,
    );
  }
  const version = await findVersion(versionId);
  if (!version) return refusal('cannot-open', error);
  if (!isKnown(version)) return unknownProvider(version);
  // Whose fault it is, is asked only where a denial may be our own: in an outage it would cost time too.
  const denied = error.class === 'revoked' || error.class === 'misconfigured';
  const isOurs = denied && (await deniedForOurs(error, version, now));
  const loss = classifyLoss(error, { everWorked: true, isOurs });
  if (loss === 'integrity') return refusal('cannot-open', error, version.provider);
  if (error.failure === 'vendor-denied') await alertOperator(error, version.provider, now);
  const code = codes[loss];
  const to = nextHealth(version.health, { kind: loss === 'revoked' ? 'revoked' : 'outage' });
  // An outage after a revocation changes nothing, and must not hide why the key was lost.
  if (to === 'revoked' && loss !== 'revoked') return refusal(code, error, version.provider);
  written.delete(versionId);
  const { provider } = version;
  const cause = loss === 'revoked' ? lossCauseOf(provider, error) : undefined;
  const result = await writeHealth(versionId, {
    from: version.health,
    to,
    failure: cause ?? error.failure,
    keyDeletedAt: error.keyDeletedAt ?? null,
    providerRequestId: error.requestIds.at(-1) ?? null,
    call: { action: error.action ?? null, code: error.providerCode ?? null },
    at: now,
    used: false,
  });
  if (result?.changed) await alert(versionId, to, meaningOf(provider, error, code).why, error.requestIds);
  return refusal(code, error, provider);
}

function deniedForOurs(error: KmsError, version: Known<VersionConnection>, now: Date): Promise<boolean> {
  return keyServices[version.provider].denials.areOurs(error, readConnection(version), now);
}

/** A revocation cuts off the calls that are under way, whichever call or process it was that was denied. */
async function cutOffByRevocation(versionId: string | null, error: KmsError): Promise<Refusal | undefined> {
  const version = versionId === null ? undefined : await findVersion(versionId);
  if (version?.health !== 'revoked') return undefined;
  const why = message('access-taken-away');
  return new Refusal('key-revoked', {
    details: { failure: error.failure, cause: wordsOf(why), providerRequestIds: error.requestIds },
    why,
    cause: error,
  });
}

const codes = {
  revoked: 'key-revoked',
  misconfigured: 'key-misconfigured',
  outage: 'key-outage',
} as const satisfies Record<Exclude<Loss, 'integrity'>, ErrorCode>;

/** Of a loss its own words, which tell apart what a provider has one name for; of everything else those of the failure. */
function meaningOf(
  provider: string,
  error: KmsError,
  code: ErrorCode,
): { why: Message; meaning: string; next: string } {
  const cause = code === 'key-revoked' ? lossCauseOf(provider, error) : undefined;
  const deletedAt = error.keyDeletedAt?.toISOString() ?? null;
  const { failure } = error;
  const why = cause
    ? message('key-lost', { provider, cause, deletedAt })
    : message('kms-failure', { provider, failure });
  const { next } = cause ? lossWordsOf(provider, cause, { deletedAt }) : failureWordsOf(provider, failure);
  return { why, meaning: wordsOf(why), next };
}

function refusal(code: ErrorCode, error: KmsError, provider = platformProvider()): Refusal {
  const { why, meaning, next } = meaningOf(provider, error, code);
  return new Refusal(code, {
    details: { failure: error.failure, cause: meaning, next, providerRequestIds: error.requestIds },
    why,
    cause: error,
  });
}

/** When operators were last told, by this process: one fault of the vendor's denies every call of every tenant. */
let toldAt = Number.NEGATIVE_INFINITY;
const tellAgainMs = 60_000;

async function alertOperator(error: KmsError, provider: string, now: Date): Promise<void> {
  if (now.getTime() - toldAt < tellAgainMs) return;
  toldAt = now.getTime();
  await raiseAlert({
    kind: error.failure,
    tenantId: null,
    target: null,
    message: message('vendor-denied', { provider, deniedBy: error.deniedBy ?? null }),
    providerRequestIds: error.requestIds,
  });
}

async function alert(versionId: string, health: Health, what: Message, providerRequestIds: string[]): Promise<void> {
  const version = await findVersion(versionId);
  if (!version) return;
  const { tenantId, keyId: target, number, isCurrent } = version;
  // What an old version has lost concerns what still hangs on it alone.
  const told = isCurrent ? what : message('of-older-version', { number, what });
  const apps = isCurrent && health === 'revoked' ? { apps: await countAppsUnderKey(target) } : {};
  await raiseAlert({ kind: `key-${health}`, tenantId, target, message: told, ...apps, providerRequestIds });
}
