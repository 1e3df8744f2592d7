/**
 * What each key service can do, declared once: the wizard, the schemas and the self-test ask here. Another cloud is one
 * more entry, one more member of `KeyConfiguration`, and one folder under `lib/kms/`.
 */
export type ProviderId = keyof typeof providers;
export type AuthModeId = 'assume-role' | 'access-key';

export type ProviderAbilities = {
  /** A name in the key service may stand for the key, and be pointed at another one later. */
  aliases: boolean;
  /** Makes asymmetric key pairs under the key, for tests that want one. */
  dataKeyPairs: boolean;
  /** Tells whether the key's material is rotated by itself. */
  rotationStatus: boolean;
  /** Tells tags, aliases and description of the key. */
  labels: boolean;
  /** Can be asked to create a key, in these authentication modes. */
  createsKeys: readonly AuthModeId[];
};

export type AuthModeDeclaration = {
  id: AuthModeId;
  /** As the screen calls it. */
  name: string;
  recommended: boolean;
  /** One sentence for whoever has to choose. */
  hint: string;
  /** Whether an external ID keeps others from having us use the key (confused deputy). */
  externalId: boolean;
  /** Whether something secret has to be stored. */
  secret: boolean;
};

export const providers = {
  aws: {
    name: 'Amazon Web Services (AWS)',
    keyType: 'AWS KMS Symmetric',
    abilities: {
      aliases: true,
      dataKeyPairs: true,
      rotationStatus: true,
      labels: true,
      createsKeys: ['assume-role', 'access-key'],
    },
    authModes: [
      {
        id: 'assume-role',
        name: 'AWS Assume Role',
        recommended: true,
        hint: 'We assume a role in your account with your external ID. No secret is stored.',
        externalId: true,
        secret: false,
      },
      {
        id: 'access-key',
        name: 'Access Key',
        recommended: false,
        hint: 'We sign in as an IAM user of yours. Its secret is stored encrypted and has to be replaced by you.',
        externalId: false,
        secret: true,
      },
    ],
  },
} as const satisfies Record<
  string,
  { name: string; keyType: string; abilities: ProviderAbilities; authModes: readonly AuthModeDeclaration[] }
>;

/** For a Select, in order. */
export const providerList = (Object.keys(providers) as ProviderId[]).map((id) => ({ id, ...providers[id] }));

export function isProvider(text: string): text is ProviderId {
  return Object.hasOwn(providers, text);
}

/** @throws Error for a mode that the provider does not have: whoever asks has parsed it before */
export function authModeOf(provider: ProviderId, mode: string): AuthModeDeclaration {
  const found = providers[provider].authModes.find(({ id }) => id === mode);
  if (!found) throw new Error(`${provider} has no authentication mode ${mode}`);
  return found;
}
