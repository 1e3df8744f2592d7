/**
 * The front server for tests in a process of its own, as in production: what it holds in memory can be measured, and a client in the
 * test's own process does not wait for it. Tells its port and, when asked, how much it holds.
 */
import { closeDatabase } from '../../db/client.ts';
import { closeKeyring } from '../../keyring/keyring.ts';
import { type FrontOptions, startFront } from '../server.ts';

const options: FrontOptions = JSON.parse(process.argv[2] ?? '');
const front = await startFront(options);

const soon = new AbortController();
process.on('message', (message: FrontCommand) => {
  if (message.do === 'tell') process.send?.({ rss: process.memoryUsage().rss } satisfies FrontSaid);
  else if (message.do === 'end') soon.abort();
  else
    void front
      .drain(5_000, { forMs: 3_600_000, until: soon.signal })
      .then(closeKeyring)
      .then(closeDatabase)
      .then(() => process.exit());
});
process.once('disconnect', () => process.exit());
process.send?.({ port: front.port } satisfies FrontSaid);

export type FrontCommand = { do: 'tell' | 'drain' | 'end' };
export type FrontSaid = { port?: number; rss?: number };
