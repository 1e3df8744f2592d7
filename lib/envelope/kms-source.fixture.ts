import type { Scope } from './data-key-source.ts';
import type { DataKeyStore, WrappedDataKey } from './kms-source.ts';

/** For tests: a store in memory, which keeps the promises of the port. */
export function memoryStore() {
  const keys = new Map<string, WrappedDataKey & { app: string; current: boolean; messages: number }>();
  const appOf = ({ tenantId, appId }: Scope) => `${tenantId} ${appId}`;
  const find = (scope: Scope, id: string) => {
    const key = keys.get(id);
    return key?.app === appOf(scope) ? key : undefined;
  };
  const currentOf = (scope: Scope) => [...keys.values()].find((key) => key.app === appOf(scope) && key.current);
  const store: DataKeyStore = {
    current: async (scope) => currentOf(scope),
    byId: async (scope, id) => find(scope, id),
    async makeCurrent(scope, key, instead) {
      const now = currentOf(scope);
      if (now !== undefined && now.id !== instead) return now;
      if (now !== undefined) now.current = false;
      keys.set(key.id, { ...key, app: appOf(scope), current: true, messages: 0 });
      return key;
    },
    async count(scope, id, messages) {
      const key = find(scope, id);
      if (key === undefined) throw new Error('There is no such data key.');
      key.messages += messages;
      return key.messages;
    },
  };
  return { store, keys };
}
