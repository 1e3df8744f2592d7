import { formatInstant } from '#lib/byok/format.ts';
import type { PromiseView } from '#lib/byok/key-views.ts';

/** The promise that binds, in a sentence; null where there is none. */
export function promiseSentence(promise: PromiseView | null, tenantName: string): string | null {
  if (!promise) return null;
  const what =
    promise.scope === 'tenant'
      ? `Every enterprise key of ${tenantName} is irreversible, those to come included`
      : 'This key is irreversible';
  const by = promise.by ? ` by ${promise.by}` : '';
  return `${what}: promised on ${formatInstant(promise.at)}${by}.`;
}
