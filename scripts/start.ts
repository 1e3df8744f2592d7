/**
 * `npm start`: production. Checks configuration and database before anything listens, then serves on PORT (3000).
 */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { getConfig } from '#lib/config/config.ts';
import { closeDatabase } from '#lib/db/client.ts';
import { checkBeforeStart } from '#lib/keyring/check-at-start.ts';
import { identify } from './processes/identity.ts';
import { readPort } from './processes/ports.ts';
import { aborted, listenForStop } from './processes/signals.ts';
import { stopProcess } from './processes/stop.ts';
import { projectRoot } from './project-root.ts';
import { Refusal, runCommand } from './refusal.ts';
import { build, hasDevelopmentPackages, isCurrent } from './steps.ts';

await runCommand(async () => {
  const stop = listenForStop();
  const port = readPort(process.env.PORT, 0);
  const config = getConfig();
  if (config.mode !== 'production') throw new Refusal('KEYWARD_MODE must be left out. Nothing was started.');
  if (!isCurrent(build))
    throw new Refusal(
      hasDevelopmentPackages()
        ? 'There is no build of these sources: run `npm run build`. Nothing was started.'
        : 'There is no build of these sources: run `npm run build` where development packages are installed, and bring lib/db/generated and .next along. Nothing was started.',
    );
  await checkBeforeStart().finally(closeDatabase);
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  // A process of its own, since Next must not see the `react-server` condition that this one runs with.
  const child = spawn(process.execPath, [next, 'start', '-p', String(port)], {
    cwd: projectRoot,
    stdio: 'inherit',
    detached: true,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
  const identity = identify(child.pid ?? 0);
  const code = await Promise.race([ended, aborted(stop.signal)]);
  if (code !== undefined) return code;
  // Requests that are being answered get ten seconds.
  if (identity)
    await stopProcess(identity, {
      signals: [
        ['SIGTERM', 10_000],
        ['SIGKILL', 1_000],
      ],
    });
  return stop.exitCode();
});
