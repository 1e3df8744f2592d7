import 'server-only';
import type { Config } from '../config/config.ts';
import { log } from '../config/log.ts';
import { type KeyService, keyServices } from '../kms/key-service.ts';
import { InstallationRefused } from './check-installation.ts';

/**
 * Compares whom customers are told to let in with who each provider says that we are: with another identity, their policies would
 * name somebody else. Throws `InstallationRefused` where they differ; a demo gets a line in the log instead.
 */
export async function checkIdentities(config: Config): Promise<void> {
  const services: KeyService[] = Object.values(keyServices);
  const found = (await Promise.all(services.map(async (one) => (await one.identityProblems?.(config)) ?? []))).flat();
  if (found.length === 0) return;
  if (config.mode === 'production') throw new InstallationRefused(`${found.join('\n')} Nothing was started.`);
  for (const sentence of found) log().error(sentence);
}
