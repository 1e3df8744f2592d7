/** What the wizard's steps take for a slot, and what a draft becomes by them. */
import { Refusal } from '#lib/byok/errors.ts';
import { aliasSchema, descriptionSchema } from '#lib/byok/key-words.ts';
import { tagsSchema } from '#lib/byok/labels.ts';
import type { DraftChange, SecretStanding } from '#lib/byok/provider-rules.ts';
import * as z from '#lib/byok/zod-config.ts';
import { hallProblem, slotProblem, type VaultDraft } from './connection.ts';

const hall = z.string().trim().max(80).superRefine(problem(hallProblem));
const slot = z.string().trim().max(80).superRefine(problem(slotProblem));
const secret = z.string().trim().max(256).optional();

export const vaultSteps = {
  provider: z.object({
    provider: z.literal('vault'),
    authMode: z.enum(['badge', 'token'], { error: 'Choose an authentication mode.' }),
    hall,
    alias: aliasSchema,
    description: descriptionSchema,
    tags: tagsSchema.optional(),
  }),
  prepare: z.object({}),
  connect: z.object({ slot, secret }),
  test: z.object({}),
  rotation: z.object({ hall, slot, secret }),
};
export type VaultProviderStep = z.output<typeof vaultSteps.provider>;
export type VaultRotation = z.output<typeof vaultSteps.rotation>;

type Chosen = Pick<VaultProviderStep, 'provider' | 'authMode' | 'hall'>;

export function choiceChange(before: VaultDraft, { provider, authMode, hall }: Chosen): DraftChange<VaultDraft> {
  return {
    draft: { provider, authMode, hall, slot: before.slot },
    before: { authMode: before.authMode, hall: before.hall },
    after: { provider, authMode, hall },
  };
}

type Secret = { secret: SecretStanding };

export function connectChange(
  before: VaultDraft,
  given: { slot: string; secret?: string | undefined },
  { secret }: Secret,
): DraftChange<VaultDraft> {
  const token = tokenProblem(before.authMode, secret);
  if (token) throw new Refusal('invalid-input', { fields: { secret: token } });
  return {
    draft: { ...before, slot: given.slot },
    before: { slot: before.slot },
    after: { slot: given.slot, ...(secret.replaced ? { secret: secret.stored ? 'replaced' : 'stored' } : {}) },
  };
}

export function rotationChange(
  before: VaultDraft,
  { hall, ...given }: VaultRotation,
  more: Secret,
): DraftChange<VaultDraft> {
  const change = connectChange({ ...before, hall }, given, more);
  return { ...change, before: { hall: before.hall, ...change.before }, after: { hall, ...change.after } };
}

function tokenProblem(authMode: VaultDraft['authMode'], { stored, replaced }: SecretStanding): string | undefined {
  return authMode === 'token' && !stored && !replaced ? 'Paste the slot’s token.' : undefined;
}

function problem(find: (text: string) => string | undefined) {
  return (text: string, check: { addIssue(issue: { code: 'custom'; message: string }): void }) => {
    const message = find(text);
    if (message) check.addIssue({ code: 'custom', message });
  };
}
