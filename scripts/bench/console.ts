/** A whole installation with the demo's tenants, and a browser that looks at its pages. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BrowserContext, chromium } from '@playwright/test';
import { findChromium } from '../checks/browser.ts';
import { freePort } from '../postgres/server.ts';
import { projectRoot } from '../project-root.ts';
import type { Lab } from './lab.ts';

export interface Console {
  /** When the largest thing on a page was painted, in a window that has fetched nothing before; and the answer's first byte. */
  open(address: string): Promise<{ largest: number; answer: number }>;
  /** An address that is found on a page, by the name of its link. */
  find(address: string, link: RegExp): Promise<string>;
  /** Makes a draft, and answers with the address of its first step. */
  draft(): Promise<string>;
  close(): Promise<void>;
}

/** Somebody is signed in as the administrator of the tenant that has an active key. */
export async function openConsole({ folder, signal }: Pick<Lab, 'folder' | 'signal'>): Promise<Console> {
  const demo = await startDemo(join(folder, 'console'), signal);
  const executablePath = findChromium();
  const browser = await chromium.launch({ ...(executablePath ? { executablePath } : {}), args: ['--no-sandbox'] });
  const windowOf = (storageState?: Awaited<ReturnType<BrowserContext['storageState']>>) =>
    browser.newContext({ baseURL: demo.url, viewport, ...(storageState ? { storageState } : {}) });

  async function signIn() {
    const context = await windowOf();
    const page = await context.newPage();
    await page.goto('/sign-in');
    await page.getByLabel('Email').fill('admin@globex.example');
    await page.getByLabel('Password').fill(demo.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    const state = await context.storageState();
    await context.close();
    return state;
  }
  const session = await signIn();

  async function onPage<T>(
    address: string,
    work: (page: Awaited<ReturnType<typeof newPage>>) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const page = await newPage();
    await page.goto(address, { waitUntil: 'networkidle' });
    return work(page).finally(() => page.context().close());
  }
  const newPage = async () => (await windowOf(session)).newPage();

  return {
    open: (address) => onPage(address, (page) => page.evaluate(largestPaint)),
    find: (address, link) =>
      onPage(address, async (page) => {
        const href = await page.getByRole('link', { name: link }).first().getAttribute('href');
        if (!href) throw new Error(`${address} has no link ${link}.`);
        return href;
      }),
    draft: () =>
      onPage('/enterprise-key', async (page) => {
        await page.getByRole('button', { name: 'Create Key' }).click();
        await page.waitForURL(/\/setup\//);
        return new URL(page.url()).pathname;
      }),
    async close() {
      await browser.close();
      await demo.stop();
    },
  };
}

const viewport = { width: 1280, height: 900 };

/** Runs in the page. */
function largestPaint(): Promise<{ largest: number; answer: number }> {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      const last = list.getEntries().at(-1);
      resolve({ largest: last?.startTime ?? Number.NaN, answer: navigation?.responseStart ?? Number.NaN });
    }).observe({ type: 'largest-contentful-paint', buffered: true });
  });
}

/** As anybody would start it, in a folder of its own. */
async function startDemo(folder: string, signal: AbortSignal) {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|KEYWARD_|DATABASE_|NEXTAUTH_|NODE_OPTIONS$)/.test(name),
  );
  const child = spawn(process.execPath, ['--conditions=react-server', join(projectRoot, 'scripts', 'demo.ts')], {
    cwd: projectRoot,
    env: {
      ...Object.fromEntries(kept),
      NODE_ENV: 'production',
      PORT: String(await freePort()),
      KEYWARD_DATA_DIR: folder,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  while (!output.includes('Ctrl-C ends it.')) {
    if (child.exitCode !== null || signal.aborted) {
      await stop();
      throw new Error(`The demo did not start.\n${output}`);
    }
    await sleep(200);
  }
  const { url, password } = JSON.parse(readFileSync(join(folder, 'ready.json'), 'utf8')) as Record<
    'url' | 'password',
    string
  >;
  return { url, password, stop };
}
