/** A worker process for tests that is meant to be killed; it ends cleanly when its parent asks or has gone. */
import { startWorker } from '../../worker.ts';
import type { Said } from './messages.ts';

const stop = new AbortController();
process.once('message', () => stop.abort());
process.once('disconnect', () => stop.abort());
process.send?.({ say: 'running' } satisfies Said);
await startWorker({ signal: stop.signal });
process.exit(0);
