import { expect, it } from 'vitest';
import type { ProviderDeclaration } from '../byok/provider-declaration.ts';
import { providerList, providers } from '../byok/providers.ts';
import { checkProviders } from './check-providers.ts';

const forTests: ProviderDeclaration = { ...providers.aws, name: 'Of Tests', forTestsAlone: true };

it('takes every provider that is registered here, in production too', () => {
  expect(() => checkProviders({ mode: 'production' })).not.toThrow();
});

it('refuses in production a provider that is for tests alone, by its name', () => {
  expect(() => checkProviders({ mode: 'production' }, [...providerList, forTests])).toThrow(
    'This build knows the provider “Of Tests”, which is for tests only',
  );
  expect(() => checkProviders({ mode: 'demo' }, [forTests])).not.toThrow();
});
