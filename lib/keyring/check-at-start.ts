import 'server-only';
import { type Config, getConfig } from '../config/config.ts';
import { checkIdentities } from './check-identities.ts';
import { checkInstallation } from './check-installation.ts';
import { checkProviders } from './check-providers.ts';

/**
 * Everything that has to be sound before a process of this installation serves or works.
 * Throws `ConfigError` or `InstallationRefused`, whose messages are for whoever starts the process.
 */
export async function checkBeforeStart(): Promise<Config> {
  const config = getConfig();
  checkProviders(config);
  await checkInstallation(config);
  await checkIdentities(config);
  return config;
}

/** The same inside a server that starts by itself: says what is wrong and ends the process with exit code 1. */
export async function checkAtStart(): Promise<void> {
  try {
    await checkBeforeStart();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
