import { budgetOf, type KmsBudget } from '#lib/keyring/budget.ts';
import { createRootKeyProvider } from '#lib/kms/platform/root-key.ts';
import type { KmsProvider } from '#lib/kms/provider.ts';

const holder = globalThis as typeof globalThis & {
  keywardProviders?: Map<string, Promise<KmsProvider>>;
  keywardBudgets?: Map<string | null, KmsBudget>;
};
let calls = 0;

/** From now on the wrapping key of this version is one that this process holds, and not its KMS: nothing is to be spared. */
export function holdInProcess(versionId: string, rootKeyBase64: string): void {
  holder.keywardProviders ??= new Map();
  holder.keywardProviders.set(versionId, Promise.resolve(counted(inProcessKey(rootKeyBase64))));
  const unlimited = budgetOf(null);
  holder.keywardBudgets?.set(versionId, unlimited);
}

export function inProcessKey(rootKeyBase64: string): KmsProvider {
  return createRootKeyProvider({ rootKey: Buffer.from(rootKeyBase64, 'base64') });
}

/** How many calls such keys have had in this process. */
export function providerCalls(): number {
  return calls;
}

function counted(provider: KmsProvider): KmsProvider {
  return {
    kind: provider.kind,
    keyId: provider.keyId,
    generateDataKey: (...args) => count(provider.generateDataKey(...args)),
    wrap: (...args) => count(provider.wrap(...args)),
    unwrap: (...args) => count(provider.unwrap(...args)),
    probe: (...args) => provider.probe(...args),
    look: (...args) => provider.look(...args),
    close: () => provider.close(),
  };
}

function count<T>(call: T): T {
  calls++;
  return call;
}
