import type { DataKey } from './data-key.ts';
import type { Scope } from './data-key-source.ts';
import { EnvelopeError, isDestroyed } from './errors.ts';

/** How often a data key that was wiped before it could be used is asked for, in all. */
export const MAX_ATTEMPTS = 3;

/**
 * Gets a data key and uses it at once, synchronously. A key may be wiped between being handed out and being used
 * (eviction, revocation): then it is asked for again, so `use` may run more than once and must have no effect but its
 * result.
 * @throws what `get` and `use` throw; EnvelopeError `wrong-data-key` when the key is of another tenant or app;
 *   `destroyed` when it was wiped each time.
 */
export async function withDataKey<T>(
  scope: Scope,
  get: () => Promise<DataKey | undefined>,
  use: (key: DataKey | undefined) => T,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      const key = await get();
      assertScope(key, scope);
      return use(key);
    } catch (error) {
      if (!isDestroyed(error) || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}

/** The key authenticates its own tenant and app, so a key of another one would open that one's data. */
function assertScope(key: DataKey | undefined, scope: Scope): void {
  if (key === undefined) return;
  if (isSameId(key.tenantId, scope.tenantId) && isSameId(key.appId, scope.appId)) return;
  throw new EnvelopeError('wrong-data-key', 'The data key belongs to another tenant or app.');
}

/** @param lower in lower case, as nearly every ID is: then nothing is made of the other */
function isSameId(lower: string, id: string): boolean {
  return lower === id || lower === id.toLowerCase();
}
