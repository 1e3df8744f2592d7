import type { Permission } from '#lib/byok/permissions.ts';
import type { ProviderRules, TriedCheck } from '#lib/byok/provider-rules.ts';
import {
  describeVault,
  draftOf,
  isHall,
  readPinned,
  toVaultConnection,
  type VaultConnection,
  type VaultDraft,
  vaultCanonical,
  vaultConnectionSchema,
  vaultConnectionVersion,
  vaultDraftSchema,
} from './connection.ts';
import { vaultChecks, vaultDeclaration } from './declaration.ts';
import { choiceChange, connectChange, rotationChange, type VaultRotation, vaultSteps } from './steps.ts';
import { failureWords, lossWords } from './words.ts';

export const vaultRules = {
  declaration: vaultDeclaration,
  checks: vaultChecks,
  // What it found is said, and stored, in words as they are (`said`).
  messages: {},
  setUpSteps: [],
  draftSchema: vaultDraftSchema,
  connectionSchema: vaultConnectionSchema,
  connectionVersion: vaultConnectionVersion,
  canonical: vaultCanonical,
  toConnection: toVaultConnection,
  describe: describeVault,
  steps: vaultSteps,
  blank: (location, authMode = 'badge') =>
    vaultDraftSchema.parse({ provider: 'vault', authMode, hall: isHall(location) ? location : '' }),
  choiceChange,
  prepareChange: (before) => ({ draft: before }),
  connectChange,
  testChange: (before) => ({ draft: before }),
  rotationChange,
  rotationLocation: ({ hall }: VaultRotation) => hall,
  missing({ authMode, slot }, secretId) {
    if (slot === '') return 'Enter the slot’s name.';
    return authMode === 'token' && secretId === null ? 'Enter the slot’s token.' : null;
  },
  progress: ({ authMode, hall, slot }, secretStored) => ({
    chosen: hall !== '',
    key: slot !== '',
    connected: slot !== '' && (authMode === 'badge' || secretStored),
  }),
  awaitsKey: () => false,
  withCreatedKey: (draft) => draft,
  knowsLocation: isHall,
  placeOfKey: (keyRef) => ({ location: readPinned(keyRef)?.hall ?? '', account: '' }),
  nameProblem: () => undefined,
  creationFailure: () => undefined,
  isNameTaken: () => false,
  createdKey: ({ consoleUrl }) => ({ consoleUrl, command: '' }),
  forHistory(of): Record<string, string> {
    const { authMode, hall, slot } = draftOf(of);
    return { provider: 'vault', authMode, hall, slot };
  },
  view: (of): VaultView => ({ hall: draftOf(of).hall, slot: draftOf(of).slot }),
  identitiesView: () => [],
  withFollowing: (draft) => draft,
  checklistView: () => ({ steps: [], scope: null }),
  verificationOf: () => ({ ok: false, problems: {} }),
  permissions,
  failureWords,
  lossWords,
  standingUses: () => [],
  reminder: () => null,
} satisfies ProviderRules<VaultDraft, VaultConnection>;

/** What the screens of this provider find in what the server sends them. */
export type VaultView = { hall: string; slot: string };

const uses = {
  look: 'Tells that the slot is open',
  make: 'Makes the data keys of your apps and bots',
  wrap: 'Wraps data keys when a key is rotated',
  unwrap: 'Unwraps data keys, so that data can be read',
} as const;

function permissions(checks: readonly TriedCheck[]): Permission[] {
  const seen = new Map(checks.flatMap(({ actions = [] }) => actions.map(({ action, outcome }) => [action, outcome])));
  return Object.entries(uses).map(([action, use]) => ({
    action,
    use,
    needed: true,
    outcome: seen.get(action) ?? 'not-tried',
  }));
}
