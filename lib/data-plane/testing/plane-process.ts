/** For tests: a data plane in a process of its own, configured by its environment. Says its address, and on "memory" its memory. */
import { createInterface } from 'node:readline';
import { startDataPlane } from '../server.ts';
import { defaults } from './served-world.ts';

// On a busy machine a full batch takes its time.
const plane = await startDataPlane({ ...defaults, requestWithinMs: 120_000 });
console.log(plane.url);
for await (const _ of createInterface({ input: process.stdin })) console.log(process.memoryUsage.rss());
process.exit(0);
