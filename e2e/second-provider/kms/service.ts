import type { KeyService } from '#lib/kms/key-service.ts';
import type { VaultConnection, VaultDraft } from '../rules/connection.ts';
import { VaultProvider } from './provider.ts';
import { selfTestVault } from './self-test.ts';

export const vaultKeyService: KeyService<VaultDraft, VaultConnection> = {
  // It knows the tenant's badge or token alone: no identity of the vendor's stands between us and a slot.
  denials: { areOurs: async () => false },
  ourIdentity: async () => ({ identity: 'Keyward', account: '' }),
  ourIdentities: async () => [],
  connect: (connection, options) => new VaultProvider(connection, options),
  selfTest: selfTestVault,
  // biome-ignore lint/correctness/useYield: there is no step that can be verified by itself.
  async *verifyStep({ step }) {
    throw new Error(`the set-up guide has no step ${step}`);
  },
};
