import { describe, expect, it } from 'vitest';
import { keyServices } from '../kms/key-service.ts';
import { providerStepSchema } from './aws/step-schemas.ts';
import { authModeOf, isProvider, policyName, providerList } from './providers.ts';

const common = { region: 'us-east-1', alias: 'Production', description: '' };
const role = { accountId: '111122223333', roleName: 'BYOK_Role' };

describe('each declared provider', () => {
  it.each(providerList.map((provider) => [provider.id, provider] as const))(
    '%s is served and can be chosen in each of its modes',
    (id, provider) => {
      expect(keyServices[id]).toBeDefined();
      expect(provider.authModes.filter(({ recommended }) => recommended)).toHaveLength(1);
      for (const mode of provider.authModes) {
        const given = { provider: id, authMode: mode.id, ...common, ...role };
        expect(providerStepSchema.safeParse(given)).toMatchObject({ success: true });
        expect(mode.hint).toMatch(/\.$/);
      }
      for (const mode of provider.abilities.createsKeys) expect(authModeOf(id, mode).id).toBe(mode);
    },
  );

  it('calls a policy that is shown by its own name, and one that it does not know a policy', () => {
    expect(policyName('aws', 'trust')).toBe('trust policy');
    expect(['constructor', 'bucket'].map((kind) => policyName('aws', kind))).toEqual(['policy', 'policy']);
    expect(policyName('no-provider', 'trust')).toBe('policy');
  });

  it('is known by its own name alone', () => {
    expect(isProvider('constructor')).toBe(false);
    expect(() => authModeOf('aws', 'no-mode')).toThrow(/no authentication mode/);
  });
});
