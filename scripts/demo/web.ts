/** The demo's web process: the same as production's, on 127.0.0.1. */
import { checkBeforeStart } from '#lib/keyring/check-at-start.ts';
import { readPort } from '../processes/ports.ts';
import { listenForStop } from '../processes/signals.ts';
import { runCommand } from '../refusal.ts';
import { serveWeb } from '../web/serve-web.ts';

await runCommand(async () => {
  const stop = listenForStop();
  const port = readPort(process.env.PORT);
  return serveWeb({ config: await checkBeforeStart(), host: '127.0.0.1', port, stop });
});
process.exit();
