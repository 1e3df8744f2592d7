import type { SecretNote } from '#lib/byok/key-views.ts';
import { type VaultDraft, vaultDraftSchema } from '../rules/connection.ts';

/**
 * What the server sends of a slot, as this provider's own schema reads it; undefined where it is of another provider. In the plain
 * build's types there is no such provider.
 */
export function vaultOf(sent: { provider: string; authMode: string } | null): VaultDraft | undefined {
  const read = vaultDraftSchema.safeParse(sent);
  return read.success ? read.data : undefined;
}

/** Empty where it is of another provider. */
export function slotOf(sent: { provider: string; authMode: string } | null): string {
  return vaultOf(sent)?.slot ?? '';
}

export function tokenWords(secret: SecretNote | null): string {
  return secret ? `Stored by ${secret.storedBy}` : '';
}
