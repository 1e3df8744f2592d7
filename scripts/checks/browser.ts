/**
 * A Chromium for the browser tests: Playwright's own where it can be had, the system's otherwise.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { Refusal } from '../refusal.ts';
import type { Check } from './runner.ts';

const require = createRequire(import.meta.url);

/** The path of a Chromium that runs, or `undefined`. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const folders = (env.PATH ?? '').split(delimiter);
  // First the one without windows, which is also Playwright's own choice for tests: a tenth less to compute.
  const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const candidates = [
    env.KEYWARD_CHROMIUM,
    ownPath(),
    ...names.flatMap((name) => folders.map((folder) => join(folder, name))),
  ];
  return candidates.find((path) => path !== undefined && existsSync(path) && runs(path));
}

/** Finds one or installs one; throws a `Refusal` when neither can be. */
export const browserCheck: Check = {
  name: 'browser',
  run: async () => {
    const path = findChromium() ?? installOwn() ?? installDebian();
    if (!path) {
      throw new Refusal(
        'There is no Chromium, Playwright could not download its own, and this user may not install packages. Install Chromium, or name one with KEYWARD_CHROMIUM.',
      );
    }
    console.log(path);
    return { passed: 1, failed: 0 };
  },
};

function installOwn(): string | undefined {
  console.log("Downloading Playwright's Chromium …");
  const cli = join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js');
  // What the browser needs of the system comes along where we may install it.
  const args = ['install', ...(process.getuid?.() === 0 ? ['--with-deps'] : []), 'chromium'];
  const env = { ...process.env, PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' };
  spawnSync(process.execPath, [cli, ...args], { stdio: 'inherit', timeout: 300_000, env });
  return findChromium();
}

function installDebian(): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return undefined;
  console.log("Installing Debian's Chromium …");
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const aptGet = (...args: string[]) => spawnSync('apt-get', args, { stdio: 'inherit', timeout: 600_000, env });
  aptGet('update', '-q');
  for (const name of ['chromium-headless-shell', 'chromium']) {
    aptGet('install', '-y', '-q', '--no-install-recommends', name);
    const found = findChromium();
    if (found) return found;
  }
  return undefined;
}

function ownPath(): string | undefined {
  const { chromium } = require('@playwright/test') as typeof import('@playwright/test');
  return chromium.executablePath() || undefined;
}

/** Playwright's own is there but does not start where the system lacks its libraries. */
function runs(path: string): boolean {
  try {
    execFileSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}
