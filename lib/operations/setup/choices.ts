import 'server-only';
import { type PolicyShape, readPolicyShape } from '../../byok/policy-shape.ts';
import type { ConfigurationRow, updateConfiguration } from '../../db/key-store.ts';

type Patch = {
  configuration: Parameters<typeof updateConfiguration>[2];
  before?: Record<string, string>;
  after?: Record<string, string>;
};

/** How the policies are to be written. It is not part of the fingerprint: what is done with the key stays the same. */
export function preparePatch(shape: PolicyShape | undefined, before: ConfigurationRow): Patch {
  if (!shape) return { configuration: {} };
  const was = inWords(readPolicyShape(before.policyShape));
  const is = inWords(shape);
  const changed = JSON.stringify(was) !== JSON.stringify(is);
  return { configuration: { policyShape: shape }, ...(changed ? { before: was, after: is } : {}) };
}

/** Whether the test asks for a data key pair: another test, so that one that passed before no longer counts. */
export function testPatch(dataKeyPair: boolean | undefined, before: ConfigurationRow): Patch {
  if (dataKeyPair === undefined || dataKeyPair === before.dataKeyPair) return { configuration: {} };
  return {
    configuration: { dataKeyPair },
    before: { dataKeyPair: String(before.dataKeyPair) },
    after: { dataKeyPair: String(dataKeyPair) },
  };
}

function inWords({ trustPrincipal, keyPrincipal, otherTenants }: PolicyShape): Record<string, string> {
  return { trustPrincipal, keyPrincipal, otherTenants: otherTenants.join(', ') };
}
