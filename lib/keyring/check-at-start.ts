import 'server-only';
import { getConfig } from '../config/config.ts';
import { checkInstallation } from './check-installation.ts';

/** Checks configuration and database; says what is wrong and ends the process with exit code 1 when something is. */
export async function checkAtStart(): Promise<void> {
  try {
    await checkInstallation(getConfig());
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}
