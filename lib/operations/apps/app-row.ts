import 'server-only';
import type { AppRow } from '../../byok/app-views.ts';
import { visible } from '../../byok/visible-text.ts';
import type { ProtectedApp, Wrapping } from '../../db/app-store.ts';
import type { VersionName } from '../../db/version-store.ts';

/** @param versions every version of the tenant's, by ID */
export function toAppRow(app: ProtectedApp, versions: Map<string, VersionName>): AppRow {
  const own = app.keyVersionId === null ? undefined : versions.get(app.keyVersionId);
  return {
    id: app.id,
    name: visible(app.name),
    kind: app.kind,
    protectedBy: own ? { kind: 'version', ...own } : { kind: 'platform' },
    wrappedBy: app.wrappings.map((wrapping) => ({ label: labelOf(wrapping, versions), dataKeys: wrapping.dataKeys })),
    dataKeys: app.wrappings.reduce((total, wrapping) => total + wrapping.dataKeys, 0),
    records: app.records,
    dataKeySince: app.dataKeySince?.toISOString() ?? null,
  };
}

function labelOf({ keyVersionId }: Wrapping, versions: Map<string, VersionName>): string {
  if (keyVersionId === null) return 'Platform key';
  const version = versions.get(keyVersionId);
  return version ? `Version ${version.number} of ${version.alias}` : 'Another key';
}
