import { unsupported } from '../errors.ts';
import { ALIAS_OPERATIONS } from './alias-operations.ts';
import type { KmsCall, KmsOperation } from './call.ts';
import { CRYPTOGRAPHIC_OPERATIONS } from './cryptographic-operations.ts';
import { KEY_OPERATIONS } from './key-operations.ts';
import { KEY_POLICY_OPERATIONS } from './key-policies.ts';
import { TAG_OPERATIONS } from './tags.ts';

const OPERATIONS: Readonly<Record<string, KmsOperation>> = {
  ...KEY_OPERATIONS,
  ...CRYPTOGRAPHIC_OPERATIONS,
  ...KEY_POLICY_OPERATIONS,
  ...ALIAS_OPERATIONS,
  ...TAG_OPERATIONS,
};

/**
 * Runs one KMS operation and returns its answer as the JSON object that AWS sends.
 * @throws AwsError; `SimulatorUnsupported` for an operation or a request member that the simulator does not know.
 */
export async function callKms(action: string, call: KmsCall): Promise<object> {
  const operation = Object.hasOwn(OPERATIONS, action) ? OPERATIONS[action] : undefined;
  if (!operation) throw unsupported(`the KMS operation ${action}`);
  for (const [name, value] of Object.entries(call.input)) {
    if (value !== null && !operation.parameters.includes(name))
      throw unsupported(`${name} in the KMS operation ${action}`);
  }
  return await operation.run(call);
}
