import type { Config } from '#lib/config/config.ts';
import { closeDatabase } from '#lib/db/client.ts';
import { startFront } from '#lib/front/server.ts';
import { closeKeyring } from '#lib/keyring/keyring.ts';
import type { StopSignal } from '../processes/signals.ts';
import { startPages } from './pages.ts';

export type ServeWeb = {
  config: Config;
  host: string;
  port: number;
  stop: StopSignal;
};

/** What is under way when this is to end soon may take so long. */
const finishMs = 2_500;

/**
 * The web process: the front server here, and the pages in a process of their own behind it, since Next.js must not see the
 * `react-server` condition that this one runs with. Serves until it is asked to end, or until the pages end by themselves.
 * @returns the exit code
 */
export async function serveWeb({ config, host, port, stop }: ServeWeb): Promise<number> {
  const pages = await startPages(urlOf(host, port));
  try {
    const forMs = config.drainSeconds * 1_000;
    const begun = await Promise.race([pages.ready.then(() => 'ready' as const), pages.ended, ending(stop.signal)]);
    if (begun !== 'ready') return begun ?? stop.exitCode();
    const front = await startFront({
      host,
      port,
      pagesSocket: pages.socket,
      publicUrl: config.nextAuthUrl,
      trustsHost: config.mode === 'demo',
      services: {
        requestsPerSecond: config.dataPlaneRequestsPerSecond,
        itemsPerSecond: config.dataPlaneItemsPerSecond,
      },
    });
    console.log(`Keyward listens: ${urlOf(host, front.port)}`);
    const code = await Promise.race([pages.ended, ending(stop.signal)]);
    await front.drain(code === undefined ? finishMs : 0, code === undefined ? { forMs, until: stop.soon } : undefined);
    return code ?? stop.exitCode();
  } finally {
    await pages.end();
    await closeKeyring();
    await closeDatabase();
  }
}

function ending(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** Where this process itself reaches what listens there. */
function urlOf(host: string, port: number): string {
  const reached = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host;
  return `http://${reached.includes(':') ? `[${reached}]` : reached}:${port}`;
}
