import type { RotationValues } from './rotation-input.ts';
import { rotationModes } from './rotation-modes.ts';
import { differences } from './rotation-values.ts';

/** "A new key and a new role", for what stands in the form. */
export function describeChange(from: RotationValues | null, to: RotationValues): string {
  if (!from) return 'A key in AWS, instead of one in another key service.';
  const changed = differences(from, to);
  const parts = [
    changed.key ? 'a new key' : null,
    rotationModes[to.mode].newIdentity(changed),
    changed.region ? 'another region' : null,
  ].filter((part) => part !== null);
  if (parts.length === 0) return 'The same names: Keyward resolves them in AWS again.';
  const last = parts.pop();
  const words = parts.length > 0 ? `${parts.join(', ')} and ${last}` : `${last}`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
