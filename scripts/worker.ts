/**
 * `npm run worker`: does what is due, until it is asked to end. Several may run beside each other.
 */
import { startWorker } from '#lib/jobs/worker.ts';
import { checkBeforeStart } from '#lib/keyring/check-at-start.ts';
import { giveWay } from './processes/priority.ts';
import { listenForStop } from './processes/signals.ts';
import { runCommand } from './refusal.ts';

await runCommand(async () => {
  const stop = listenForStop();
  giveWay();
  await checkBeforeStart();
  await startWorker({ signal: stop.signal });
  return stop.exitCode();
});
// Connections that somebody else still holds open must not keep an ended worker alive.
process.exit();
