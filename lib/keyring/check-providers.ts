import 'server-only';
import type { ProviderDeclaration } from '../byok/provider-declaration.ts';
import { providerList } from '../byok/providers.ts';
import type { Config } from '../config/config.ts';
import { InstallationRefused } from './check-installation.ts';

/** @throws InstallationRefused where production was built with a provider whose keys keep nothing safe */
export function checkProviders(
  { mode }: Pick<Config, 'mode'>,
  declared: readonly ProviderDeclaration[] = providerList,
): void {
  const found = declared.find(({ forTestsAlone }) => forTestsAlone);
  if (mode === 'production' && found)
    throw new InstallationRefused(
      `This build knows the provider “${found.name}”, which is for tests only and protects no key: build Keyward without it. Nothing was started.`,
    );
}
