import type { KeyPageView } from '#lib/byok/key-views.ts';
import type { Consequence } from '../../../_shared/command/consequence-sheet.tsx';
import { appsUnder, countedNames } from '../_shared/names.ts';
import type { RotationValues } from './rotation-input.ts';
import { type Difference, differences } from './rotation-values.ts';

/** What a rotation does, in three sentences. */
export const whatRotationDoes = [
  'A rotation makes a new version of this key out of what you name here, once it has passed the test.',
  'From the next write on, every app and bot encrypts under a fresh data key of the new version, while its older data keys are rewrapped to it in the background; reading is never interrupted.',
  'Keep the old key enabled in AWS until the page of this key says that its version is safe to retire.',
] as const;

/** What there is to rotate to with an access key, each in a line. */
export const waysToRotateAccessKeys = [
  {
    name: 'A new access key',
    how: 'Create a second access key of the same user in AWS, and put it into Access Key ID and Secret Access Key. As soon as the new version is in force, the old access key is needed no longer, where the key is the same: deactivate it, and delete it once everything still works.',
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
    how: 'Put its ARN into Role ARN. The old role is needed no longer as soon as the new version is in force, where the key is the same.',
  },
] as const;

/** "A new key and a new role", for what stands in the form. */
export function describeChange(from: RotationValues, to: RotationValues): string {
  const { key, role, accessKey, region }: Difference = differences(from, to);
  const identity = to.mode === 'access-key' ? (accessKey ? 'a new access key' : null) : role ? 'a new role' : null;
  const parts = [key ? 'a new key' : null, identity, region ? 'another region' : null].filter((part) => part !== null);
  if (parts.length === 0) return 'The same names: what they stand for in AWS is looked up anew.';
  const last = parts.pop();
  const words = parts.length > 0 ? `${parts.join(', ')} and ${last}` : `${last}`;
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

type Told = Pick<KeyPageView, 'id' | 'apps' | 'versionNumber'>;

/** What Rotate Key brings about. */
export function rotateConsequences(view: Told, reencrypt: boolean): Consequence[] {
  const old = `Version ${view.versionNumber ?? 1}`;
  const next = `Version ${(view.versionNumber ?? 1) + 1}`;
  return [
    {
      label: 'What happens',
      text: `${next} comes into force. Every app and bot gets a fresh data key under it, and older data keys are rewrapped to it. ${
        reencrypt ? 'Stored records are rewritten under the fresh data keys.' : 'Stored records are not rewritten.'
      }`,
    },
    {
      label: 'From when',
      text: 'At once: new data lies under the new version from the next write on. The rest follows in the background; reading is never interrupted.',
    },
    {
      label: 'Can it be undone?',
      text: 'Not taken back, but rotated again: to the old key, or to any other.',
    },
    {
      label: 'If something goes wrong',
      text: `Keep the old key enabled in AWS until this console says that ${old} is safe to retire: until then data may still be read with it only. If either key cannot be reached, what is left waits, the page of the key says so, and it goes on when the key answers.`,
    },
    { label: 'Which apps and bots', text: countedNames(appsUnder(view)) },
  ];
}
