import type { AppRow } from '#lib/byok/app-views.ts';
import { countOf } from '#lib/byok/format.ts';

/** The badge that says what new data is encrypted under; a warning while something of before lies elsewhere. */
export function protectedByWords({ protectedBy, wrappedBy }: AppRow): {
  tone: 'ok' | 'idle' | 'warn' | 'bad';
  label: string;
} {
  const label = keyWords({ protectedBy });
  if (protectedBy.kind === 'version' && protectedBy.revoked) return { tone: 'bad', label: `${label}, revoked` };
  const elsewhere = wrappedBy.some((wrapping) => wrapping.label !== wrappingOf({ protectedBy }));
  if (elsewhere) return { tone: 'warn', label };
  return { tone: protectedBy.kind === 'platform' ? 'idle' : 'ok', label };
}

/** "Platform key", "production, version 2" */
export function keyWords({ protectedBy }: Pick<AppRow, 'protectedBy'>): string {
  return protectedBy.kind === 'platform' ? 'Platform key' : `${protectedBy.alias}, version ${protectedBy.number}`;
}

/** "3 by Version 1 of production, 1 by Platform key" */
export function wrappedByWords({ wrappedBy }: Pick<AppRow, 'wrappedBy'>): string {
  if (wrappedBy.length === 0) return 'None yet';
  return wrappedBy.map(({ label, dataKeys }) => `${countOf(dataKeys, 'data key')} by ${label}`).join(', ');
}

function wrappingOf({ protectedBy }: Pick<AppRow, 'protectedBy'>): string {
  return protectedBy.kind === 'platform' ? 'Platform key' : `Version ${protectedBy.number} of ${protectedBy.alias}`;
}

/** Rows whose name, kind or key contains what was typed, regardless of case. */
export function matchingRows(apps: AppRow[], search: string): AppRow[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return apps;
  return apps.filter(
    (app) =>
      app.name.toLowerCase().includes(wanted) || app.kind === wanted || keyWords(app).toLowerCase().includes(wanted),
  );
}
