import type { CheckDeclaration, ProviderDeclaration } from '#lib/byok/provider-declaration.ts';

export const vaultDeclaration = {
  name: 'Vault of Tests',
  keyType: 'Vault of Tests Slot',
  forTestsAlone: true,
  words: {
    service: 'the Vault of Tests',
    yourPlace: 'your hall in the Vault of Tests',
    ownPlace: 'your own hall in the Vault of Tests',
    theirPlace: 'their hall in the Vault of Tests',
    administrator: 'A keeper of the Vault of Tests',
    keyName: 'name',
    shortName: 'Vault',
    chooseLocation: 'Choose the hall of the slot.',
    chooseKnown: 'Choose one of the halls.',
    ifOutageStays: 'ask the keeper of the hall',
    log: 'the keeper’s book',
    requestId: 'Vault call number',
    vendorDenied: 'does not take our badge',
    calls: 'Vault calls',
    cost: 'Vault cost',
    deletion: 'A slot that is emptied is empty at once: nothing opens what lies under it.',
  },
  abilities: { aliases: false, dataKeyPairs: false, rotationStatus: false, labels: false, createsKeys: [] },
  authModes: [
    {
      id: 'badge',
      name: 'Badge',
      recommended: true,
      hint: 'We show a badge that was made for you, and the slot bears its mark. No secret is stored.',
      binding: 'mark',
      secret: false,
    },
    {
      id: 'token',
      name: 'Slot Token',
      recommended: false,
      hint: 'We show a token that you made for the slot. It is stored encrypted.',
      binding: 'secret',
      secret: true,
    },
  ],
} as const satisfies ProviderDeclaration;

export const vaultChecks = [
  { id: 'format', name: 'Format' },
  { id: 'hall', name: 'Hall' },
  { id: 'connectivity', name: 'Connectivity' },
  { id: 'slot', name: 'Slot' },
  { id: 'encryption-decryption', name: 'Encryption and decryption' },
  { id: 'context', name: 'Context' },
  { id: 'key-in-force', name: 'Active key' },
] as const satisfies readonly CheckDeclaration[];
export type VaultCheckId = (typeof vaultChecks)[number]['id'];
