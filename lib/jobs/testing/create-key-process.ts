/**
 * A process for tests that is meant to be killed: creates a key in the simulated AWS for a draft, and says on its standard
 * output when it begins and what came of it. Its configuration comes from its environment.
 */
import { createCustomerKey } from '../../operations/setup/create-customer-key.ts';

const [sessionId = '', keyId = '', revision = '', aliasName = ''] = process.argv.slice(2);
console.log('begun');
const answer = await createCustomerKey(
  { kind: 'session', sessionId },
  { keyId, revision: Number(revision), aliasName },
);
console.log(answer.ok ? 'ended' : `refused ${answer.error.code}`);
process.exit(0);
