import type { ProviderDeclaration } from '#lib/byok/provider-declaration.ts';
import { ownHistoryWords, providerList } from '#lib/byok/providers.ts';
import { operationChoices, wordsOf } from './words.ts';

/** What events can be filtered by as a group. Each operation of `words.ts` is in one of them; a provider's own are of the set-up. */
const kinds = {
  health: {
    label: 'Health of keys',
    operations: [
      'key-revoked',
      'key-outage',
      'key-degraded',
      'key-healthy',
      'vendor-denied',
      'alias-drift',
      'alias-back',
      'check-key',
      'check-tenant-key',
    ],
  },
  'set-up': {
    label: 'Set-up and tests',
    operations: [
      'create-key',
      'save-step',
      'test-configuration',
      'verify-set-up-step',
      'rename-key',
      'delete-key',
      'create-customer-key',
      'customer-key-left-over',
      'dismiss-key-creation',
      'schedule-key',
      'discard-changes',
      ...ownHistoryWords().flatMap(({ operations }) => Object.keys(operations)),
    ],
  },
  moves: {
    label: 'Activation, rotation, revert',
    operations: [
      'activate-key',
      'activation-failed',
      'finish-activation',
      'prepare-rotation',
      'rotate-key',
      'finish-rotation',
      'rotation-left-behind',
      'rotation-failed',
      'finish-reencryption',
      'revert-key',
      'finish-revert',
      'revert-failed',
      'rekey-app',
      'finish-rekey',
      'rekey-failed',
      'pause-move',
      'resume-move',
      'make-irreversible',
    ],
  },
  apps: {
    label: 'Apps and bots',
    operations: ['create-app', 'assign-app', 'update-apps', 'finish-update-apps', 'update-apps-failed'],
  },
  data: {
    label: 'Data read or validated',
    operations: [
      'validate-apps',
      'open-recent-records',
      'check-authorization-profile',
      'encrypt-items',
      'decrypt-items',
      'encrypt-stream',
      'decrypt-stream',
      'lease-data-key',
    ],
  },
  people: {
    label: 'People and sign-in',
    operations: ['sign-in', 'sign-out', 'change-password', 'create-operator', 'create-person'],
  },
  vendor: {
    label: 'Vendor visits, tenants, tokens',
    operations: ['read-tenant', 'list-tenants', 'create-tenant', 'create-token', 'revoke-token'],
  },
  rules: { label: 'Rules', operations: ['set-region-rule', 'set-cache-time'] },
} as const satisfies Record<string, { label: string; operations: readonly string[] }>;

export type Kind = keyof typeof kinds;

export function isKind(text: string | undefined): text is Kind {
  return text !== undefined && Object.hasOwn(kinds, text);
}

export function operationsOf(kind: Kind): readonly string[] {
  return kinds[kind].operations;
}

export function kindLabel(kind: Kind): string {
  return kinds[kind].label;
}

type Named = Pick<ProviderDeclaration, 'name' | 'history'>;

/**
 * For a list to choose from: the groups, then each kind of event by itself. Where there are several providers, what one alone does
 * stands last, with its name.
 */
export function kindChoices(providers: readonly Named[] = providerList): { id: string; name: string }[] {
  const groups = Object.entries(kinds).map(([kind, { label }]) => ({ id: kind, name: label }));
  const all = operationChoices().map(([operation, name]) => ({ id: operation, name }));
  if (providers.length === 1) return [...groups, ...all];
  const own = providers.flatMap(({ name: provider, history }) =>
    Object.entries(history?.operations ?? {}).map(([id, name]) => ({ id, name: `${provider}: ${name}` })),
  );
  const isOwn = (id: string) => own.some((one) => one.id === id);
  return [...groups, ...all.filter(({ id }) => !isOwn(id)), ...own];
}

/** What an address has chosen of these, and how it is called. */
export function chosenKind(chosen: { kind?: Kind; operation?: string }): { id: string; name: string } | null {
  if (chosen.operation) return { id: chosen.operation, name: wordsOf(chosen.operation) };
  return chosen.kind ? { id: chosen.kind, name: kindLabel(chosen.kind) } : null;
}
