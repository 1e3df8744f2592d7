/**
 * `npm start`: production. Checks configuration and database before anything listens, then serves on KEYWARD_HOST (127.0.0.1) and
 * PORT (3000).
 */
import { getConfig } from '#lib/config/config.ts';
import { checkBeforeStart } from '#lib/keyring/check-at-start.ts';
import { readPort, refuseWhereNobodyCanListen } from './processes/ports.ts';
import { listenForStop } from './processes/signals.ts';
import { Refusal, runCommand } from './refusal.ts';
import { build, hasDevelopmentPackages, isCurrent } from './steps.ts';
import { serveWeb } from './web/serve-web.ts';

await runCommand(async () => {
  const port = readPort(process.env.PORT, 0);
  const config = getConfig();
  const stop = listenForStop({ servesOnMs: config.drainSeconds * 1_000 });
  if (config.mode !== 'production') throw new Refusal('KEYWARD_MODE must be left out. Nothing was started.');
  if (!isCurrent(build))
    throw new Refusal(
      hasDevelopmentPackages()
        ? 'There is no build of these sources: run `npm run build`. Nothing was started.'
        : 'There is no build of these sources. Run `npm run build` where development packages are installed, and copy lib/db/generated and .next here. Nothing was started.',
    );
  const { host } = config;
  await refuseWhereNobodyCanListen({ host, port, names: 'KEYWARD_HOST and PORT' });
  await checkBeforeStart();
  return serveWeb({ config, host, port, stop });
});
// Connections that somebody else still holds open must not keep an ended process alive.
process.exit();
