/**
 * A worker process for tests that is meant to be killed: runs one activation and says on its standard output when it
 * begins and when it has ended. Its configuration comes from its environment, as a worker's does.
 */
import { findTransition } from '../../db/transition-store.ts';
import { runTransition } from '../run-transition.ts';

const transitionId = process.argv[2] ?? '';
await findTransition(transitionId);
console.log('begun');
while (!(await findTransition(transitionId))?.finishedAt)
  await runTransition(transitionId, new AbortController().signal);
console.log('ended');
process.exit(0);
