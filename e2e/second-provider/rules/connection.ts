/** What is typed to connect a slot of the Vault of Tests (the draft), and what we connect with (the connection). */
import { oddCharacterProblem } from '#lib/byok/odd-characters.ts';
import type { Description, Joined, MadeConnection } from '#lib/byok/provider-rules.ts';
import * as z from '#lib/byok/zod-config.ts';

export const halls = { 'north-hall': 'North Hall', 'south-hall': 'South Hall' } as const;
export type Hall = keyof typeof halls;

export function isHall(text: string): text is Hall {
  return Object.hasOwn(halls, text);
}

const typed = z.string().default('');
const common = { provider: z.literal('vault'), hall: typed, slot: typed };

export const vaultDraftSchema = z.discriminatedUnion('authMode', [
  z.object({ ...common, authMode: z.literal('token') }),
  z.object({ ...common, authMode: z.literal('badge') }),
]);
export type VaultDraft = z.output<typeof vaultDraftSchema>;
export type VaultAuthMode = VaultDraft['authMode'];

export type VaultConnection = {
  provider: 'vault';
  auth: { mode: VaultAuthMode };
  key: { hall: Hall; slot: string };
};

export const vaultConnectionVersion = 1;

export const vaultConnectionSchema = z
  .object({
    provider: z.literal('vault'),
    auth: z.object({ mode: z.enum(['token', 'badge']) }),
    key: z.object({ hall: z.string(), slot: z.string() }),
  })
  .transform(({ auth, key }, context): VaultConnection => {
    const made = toVaultConnection({ provider: 'vault', authMode: auth.mode, ...key });
    if (made.ok) return made.connection;
    for (const [field, message] of Object.entries(made.problems))
      context.addIssue({ code: 'custom', path: [field], message });
    return z.NEVER;
  });

export function hallProblem(hall: string): string | undefined {
  return isHall(hall.trim()) ? undefined : 'Choose a hall from the list.';
}

export function slotProblem(slot: string): string | undefined {
  const name = slot.trim();
  if (name === '') return 'Enter the slot’s name.';
  if (/^[a-z][a-z0-9-]{2,40}$/.test(name)) return undefined;
  return oddCharacterProblem(slot) ?? 'A slot’s name has 3 to 41 small letters, digits or hyphens.';
}

export function toVaultConnection(draft: VaultDraft): MadeConnection<VaultConnection> {
  const [hall, slot] = [draft.hall.trim(), draft.slot.trim()];
  const problems = Object.fromEntries(
    Object.entries({ hall: hallProblem(hall), slot: slotProblem(slot) }).filter(([, problem]) => problem),
  ) as Record<string, string>;
  if (!isHall(hall) || Object.keys(problems).length > 0) return { ok: false, problems };
  return { ok: true, connection: { provider: 'vault', auth: { mode: draft.authMode }, key: { hall, slot } } };
}

/** The tenant, the external ID and the version are hashed beside it. */
export function vaultCanonical(of: VaultDraft | VaultConnection, { secretId }: Joined): string {
  const { authMode, hall, slot } = draftOf(of);
  return JSON.stringify([authMode, hall.trim(), slot.trim(), authMode === 'token' ? (secretId ?? '') : '']);
}

export function describeVault(of: VaultDraft | VaultConnection): Description {
  const { authMode, hall, slot } = draftOf(of);
  return { location: hall, account: '', keyName: slot, keyIsAlias: false, principal: authMode };
}

/** A draft as it is; a connection as the draft that it was made of. */
export function draftOf(of: VaultDraft | VaultConnection): VaultDraft {
  return 'auth' in of ? { provider: 'vault', authMode: of.auth.mode, ...of.key } : of;
}

/** The slot's own name: a slot that is emptied and filled again bears another number. */
export function readPinned(keyRef: string): { hall: string; slot: string } | undefined {
  const [, hall, slot] = /^vault:([a-z-]+)\/([a-z0-9-]+):[0-9a-f]+$/.exec(keyRef) ?? [];
  return hall && slot ? { hall, slot } : undefined;
}

/** What the customer puts onto a slot that we use by badge: it is made for this tenant, and we show no other. */
export function markOf(tenantId: string): string {
  return `keyward-${tenantId}`;
}
