import type { KeyPageView } from '#lib/byok/key-views.ts';
import { serviceName } from '#lib/byok/providers.ts';
import type { Consequence } from '../../../_shared/command/consequence-sheet.tsx';
import { appsUnder, countedNames } from '../_shared/names.ts';

/** What a rotation does, in three sentences. */
export function whatRotationDoes(service: string): readonly string[] {
  return [
    'A rotation makes a new version of this key out of what you name here, once it has passed the test.',
    'From the next write on, every app and bot encrypts under a fresh data key of the new version, while its older data keys are rewrapped to it in the background; reading is never interrupted.',
    `Keep the old key enabled in ${service} until the page of this key says that its version is safe to retire.`,
  ];
}

type Told = Pick<KeyPageView, 'id' | 'apps' | 'versionNumber'> & { details: Pick<KeyPageView['details'], 'provider'> };

/** What Rotate Key brings about. */
export function rotateConsequences(view: Told, reencrypt: boolean): Consequence[] {
  const old = `Version ${view.versionNumber ?? 1}`;
  const next = `Version ${(view.versionNumber ?? 1) + 1}`;
  return [
    {
      label: 'What happens',
      text: `${next} becomes active. Every app and bot gets a fresh data key under it, and older data keys are rewrapped to it. ${
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
      text: `Keep the old key enabled in ${serviceName(view.details.provider)} until this console says that ${old} is safe to retire: until then data may still be read with it only. If either key cannot be reached, what is left waits, the page of the key says so, and it goes on when the key answers.`,
    },
    { label: 'Which apps and bots', text: countedNames(appsUnder(view)) },
  ];
}
