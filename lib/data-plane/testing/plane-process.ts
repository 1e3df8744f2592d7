/** For tests: a data plane in a process of its own, configured by its environment. Says its address, and on "memory" its memory. */
import { createInterface } from 'node:readline';
import { startDataPlane } from '../server.ts';
import { defaults } from './served-world.ts';

const plane = await startDataPlane(defaults);
console.log(plane.url);
for await (const _ of createInterface({ input: process.stdin })) console.log(process.memoryUsage.rss());
process.exit(0);
