/**
 * `npm run worker`: does what is due, until it is asked to end. Several may run beside each other.
 */
import { getConfig } from '#lib/config/config.ts';
import { startWorker } from '#lib/jobs/worker.ts';
import { checkInstallation } from '#lib/keyring/check-installation.ts';
import { listenForStop } from './processes/signals.ts';
import { runCommand } from './refusal.ts';

await runCommand(async () => {
  const stop = listenForStop();
  await checkInstallation(getConfig());
  await startWorker({ signal: stop.signal });
  return stop.exitCode();
});
// Connections that somebody else still holds open must not keep an ended worker alive.
process.exit();
