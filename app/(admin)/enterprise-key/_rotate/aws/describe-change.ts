import type { RotationValues } from './rotation-input.ts';
import { type Difference, differences } from './rotation-values.ts';

/** What there is to rotate to with an access key, each in a line. */
export const waysToRotateAccessKeys = [
  {
    name: 'A new access key',
    how: 'Create a second access key of the same user in AWS, and put it into Access Key ID and Secret Access Key. As soon as the new version is active, the old access key is needed no longer, where the key is the same: deactivate it, and delete it once everything still works.',
  },
  {
    name: 'A new key',
    how: 'Put its key ID or ARN into Key ID. Keep the old access key active until the old version is safe to retire.',
  },
  {
    name: 'The same alias, which now points to another key',
    how: 'Leave everything as it is: the test finds the key behind the alias.',
  },
] as const;

/** What there is to rotate to with a role, each in a line. */
export const waysToRotate = [
  {
    name: 'A new key',
    how: 'Put its ARN, or that of an alias that names it, into Provider ARN.',
  },
  {
    name: 'The same alias, which now points to another key',
    how: 'Leave everything as it is: the test finds the key behind the alias.',
  },
  {
    name: 'A new role',
    how: 'Put its ARN into Role ARN. The old role is needed no longer as soon as the new version is active, where the key is the same.',
  },
] as const;

/** "A new key and a new role", for what stands in the form. */
export function describeChange(from: RotationValues | null, to: RotationValues): string {
  if (!from) return 'A key in AWS, in the place of one in another key service.';
  const { key, role, accessKey, region }: Difference = differences(from, to);
  const identity = to.mode === 'access-key' ? (accessKey ? 'a new access key' : null) : role ? 'a new role' : null;
  const parts = [key ? 'a new key' : null, identity, region ? 'another region' : null].filter((part) => part !== null);
  if (parts.length === 0) return 'The same names: what they stand for in AWS is resolved anew.';
  const last = parts.pop();
  const words = parts.length > 0 ? `${parts.join(', ')} and ${last}` : `${last}`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
