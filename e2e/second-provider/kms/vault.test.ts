import { randomUUID } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { fingerprintText } from '#lib/byok/connection.ts';
import { connectionModes } from '#lib/byok/connection-mode.ts';
import type { ProviderId } from '#lib/byok/providers.ts';
import type { KeyConnection } from '#lib/kms/key-service.ts';
import { type BindingSubject, describeBindings, describeProvider } from '#lib/kms/provider.contract.ts';
import { markOf, type VaultAuthMode, type VaultConnection } from '../rules/connection.ts';
import { VaultProvider } from './provider.ts';
import { vaultKeyService } from './service.ts';
import { startVault } from './vault-server.ts';

/** The tenant of the contract. */
const tenantId = '6f1c4d0e-8a53-4b7e-9f0a-2f6f5f5c9a11';
const stranger = 'aa6f3c57-0f5d-4a76-8d43-8b1f7f1f2c3d';
const vault = await startVault();
process.env.TEST_VAULT_URL = vault.url;
afterAll(() => vault.close());

type Given = { mode: VaultAuthMode; slot: string; pinnedKeyRef: string; secret?: string };

function connectionTo({ mode, slot, pinnedKeyRef, secret }: Given): KeyConnection<VaultConnection> {
  const connection = { provider: 'vault', auth: { mode }, key: { hall: 'north-hall', slot } } as const;
  return { tenantId, connection, externalId: '', pinnedKeyRef, generates: true, secret };
}

function byBadge(slot: string): KeyConnection<VaultConnection> {
  const pinnedKeyRef = vault.fill(`north-hall/${slot}`, { mark: markOf(tenantId) });
  return connectionTo({ mode: 'badge', slot, pinnedKeyRef });
}

function byToken(slot: string): KeyConnection<VaultConnection> & { secret: string } {
  const secret = randomUUID();
  const pinnedKeyRef = vault.fill(`north-hall/${slot}`, { token: secret });
  return { ...connectionTo({ mode: 'token', slot, pinnedKeyRef }), secret };
}

for (const [name, make] of [
  ['by badge', byBadge],
  ['by token', byToken],
] as const)
  describeProvider(`a slot of the Vault of Tests, ${name},`, async () => {
    const [one, other] = [make(`one-${name.slice(3)}`), make(`other-${name.slice(3)}`)].map(
      (connection) => new VaultProvider(connection, { limits: {} }),
    );
    if (!one || !other) throw new Error('two providers were to be made');
    return {
      provider: one,
      other,
      isOurs: (error) => vaultKeyService.denials.areOurs(error, byBadge('any').connection, new Date()),
    };
  });

// In the types of the plain build there is no such provider; here the registries have it, and each of its modes is asked for.
const subjects: Record<VaultAuthMode, () => Promise<BindingSubject>> = {
  badge: async () => {
    const own = byBadge('bound');
    const others = { 'the same slot': { ...own, tenantId: stranger } };
    return { own, others } as unknown as BindingSubject;
  },
  token: async () => {
    const own = byToken('bound-by-token');
    const { secret } = byToken('of-a-stranger');
    const others = {
      'the same slot, and a token of its own': { ...own, secret, tenantId: stranger },
      'the same slot without a token': { ...own, secret: undefined, tenantId: stranger },
    };
    return { own, others } as unknown as BindingSubject;
  },
};
describeBindings('vault' as string as ProviderId, subjects as never);

it('is registered with both of its modes', () => {
  const own = connectionModes.filter(({ provider }) => String(provider) === 'vault').map(({ authMode }) => authMode);
  expect(own).toEqual(['badge', 'token']);
});

it('hashes the tenant and the version with what is reached, so that no report vouches for another', () => {
  const { connection } = byBadge('hashed');
  const line = (tenant: string) =>
    fingerprintText(connection as never, { tenantId: tenant, externalId: 'e', secretId: null });
  expect(line(tenantId)).not.toBe(line(stranger));
  expect(line(tenantId)).toContain('keyward/v3/connection');
});
