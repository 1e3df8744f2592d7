/**
 * A worker process for tests that is meant to be killed: runs one activation and says on its standard output when it
 * begins and when it has ended. Its configuration comes from its environment, as a worker's does.
 */
import { findMove } from '../../db/move-store.ts';
import { runMove } from '../run-move.ts';

const moveId = process.argv[2] ?? '';
await findMove(moveId);
console.log('begun');
while (!(await findMove(moveId))?.finishedAt) await runMove(moveId, new AbortController().signal);
console.log('ended');
process.exit(0);
