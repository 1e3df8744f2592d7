import 'server-only';
import type { AppProtection } from '../../byok/key-views.ts';
import type { TransitionView } from '../../byok/transition-views.ts';
import { visible } from '../../byok/visible-text.ts';
import type { ProtectedApp, Wrapping } from '../../db/app-store.ts';
import type { VersionName } from '../../db/version-store.ts';

export type ProtectionFacts = {
  keyId: string;
  selected: Set<string>;
  /** Every version of the tenant's, by ID. */
  versions: Map<string, VersionName>;
  /** Rekeys that are not over, by app. */
  rekeys: Map<string, TransitionView>;
};

/** What protects one app at this moment, as the page of the key `keyId` says it. */
export function toProtection(app: ProtectedApp, facts: ProtectionFacts): AppProtection {
  return {
    id: app.id,
    name: visible(app.name),
    kind: app.kind,
    protectedBy:
      app.keyId !== null && app.versionNumber !== null
        ? { kind: 'version', keyId: app.keyId, number: app.versionNumber, revoked: isRevoked(app, facts) }
        : { kind: 'platform' },
    wrappedBy: app.wrappings.map((wrapping) => ({ label: labelOf(wrapping, facts), dataKeys: wrapping.dataKeys })),
    dataKeys: sum(app.wrappings, 'dataKeys'),
    records: app.records,
    recordsPending: sum(app.wrappings, 'recordsPending'),
    keptDataKeys: sum(app.wrappings, 'keptDataKeys'),
    selected: facts.selected.has(app.id),
    underKey: liesUnder(app, facts.keyId, facts.versions),
    dataKeySince: app.dataKeySince?.toISOString() ?? null,
    rekey: facts.rekeys.get(app.id) ?? null,
  };
}

/** Whether an app belongs to this key, or older data keys of it are still wrapped by a version of it. */
export function liesUnder(
  app: Pick<ProtectedApp, 'keyId' | 'wrappings'>,
  keyId: string,
  versions: ReadonlyMap<string, Pick<VersionName, 'keyId'>>,
): boolean {
  return (
    app.keyId === keyId ||
    app.wrappings.some(({ keyVersionId }) => keyVersionId !== null && versions.get(keyVersionId)?.keyId === keyId)
  );
}

function isRevoked({ keyVersionId }: ProtectedApp, { versions }: ProtectionFacts): boolean {
  return keyVersionId !== null && versions.get(keyVersionId)?.revoked === true;
}

function labelOf({ keyVersionId }: Wrapping, { keyId, versions }: ProtectionFacts): string {
  if (keyVersionId === null) return 'Platform key';
  const version = versions.get(keyVersionId);
  if (!version) return 'Another key';
  return version.keyId === keyId ? `Version ${version.number}` : `Version ${version.number} of ${version.alias}`;
}

function sum(wrappings: Wrapping[], of: 'dataKeys' | 'recordsPending' | 'keptDataKeys'): number {
  return wrappings.reduce((total, wrapping) => total + wrapping[of], 0);
}
