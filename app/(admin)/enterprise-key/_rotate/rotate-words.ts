import type { KeyPageView } from '#lib/byok/key-views.ts';
import { serviceName } from '#lib/byok/providers.ts';
import type { Consequences } from '../../../_shared/command/consequence-sheet.tsx';
import { appsAndBots, appsUnder, countedNames } from '../_shared/names.ts';

/** What a rotation does, in three sentences. */
export function whatRotationDoes(service: string): readonly string[] {
  return [
    'A rotation makes a new version of this key from the values here, once they pass the test.',
    'From the next write, every app and bot uses a fresh data key of the new version. Older data keys are rewrapped in the background, and reading continues.',
    `Keep the old key enabled in ${service} until this key’s page calls its version safe to retire.`,
  ];
}

type Told = Pick<KeyPageView, 'id' | 'apps' | 'versionNumber'> & { details: Pick<KeyPageView['details'], 'provider'> };

/** What Rotate Key brings about. */
export function rotateConsequences(view: Told, reencrypt: boolean): Consequences {
  const apps = appsUnder(view);
  const old = view.versionNumber ?? 1;
  const service = serviceName(view.details.provider);
  return {
    points: [
      `${appsAndBots(apps.length)} ${apps.length === 1 ? 'uses' : 'use'} the new key from the next write. Reading continues.`,
      `Keep the key of version ${old} enabled in ${service} until Keyward says that you can disable it.`,
      'You can’t undo this, but you can rotate again.',
    ],
    details: [
      {
        label: 'What happens',
        text: `Version ${old + 1} becomes active. Each app and bot gets a fresh data key under it. Older data keys are rewrapped to it in the background. ${
          reencrypt ? 'Stored records are rewritten under the fresh data keys.' : 'Stored records are not rewritten.'
        }`,
      },
      {
        label: 'If something goes wrong',
        text: `Until version ${old} is safe to retire, some data can be read only with it. If a key cannot be reached, the remaining work waits and continues when the key answers.`,
      },
      { label: 'Which apps and bots', text: countedNames(apps) },
    ],
  };
}
