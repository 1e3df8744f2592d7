/**
 * A worker process for tests that is meant to be killed: runs one activation and says on its standard output when it
 * begins and when it has ended. Its configuration comes from its environment, as a worker's does.
 */
import { findActivation } from '../../db/activation-store.ts';
import { activateKey } from '../activate-key.ts';

const activationId = process.argv[2] ?? '';
await findActivation(activationId);
console.log('begun');
while (!(await findActivation(activationId))?.finishedAt) await activateKey(activationId, new AbortController().signal);
console.log('ended');
process.exit(0);
