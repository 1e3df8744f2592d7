import type { Role } from '#lib/byok/account-views.ts';
import type { AppView, AssignableKey } from '#lib/byok/app-views.ts';
import { formatSeconds } from '#lib/byok/format.ts';
import { anyService, capital } from '#lib/byok/providers.ts';
import type { Consequence, Consequences } from '../../../_shared/command/consequence-sheet.tsx';
import { copiesOf } from '../../../_shared/key/cache-time-words.ts';
import { keyWords, protectedByWords } from './app-words.ts';

/** The key that the app belongs to; null is the platform key. */
export function presentKeyId({ protectedBy }: Pick<AppView, 'protectedBy'>): string | null {
  return protectedBy.kind === 'platform' ? null : protectedBy.keyId;
}

/** What is true of the app now, in a sentence or two. Never more than what holds. */
export function appSummary(app: AppView): string {
  const elsewhere = protectedByWords(app).tone === 'warn';
  const rest = elsewhere ? ' Some older data still uses another key.' : '';
  if (app.protectedBy.kind === 'platform')
    return `New data of ${app.name} is encrypted with the vendor’s platform key. The vendor can read it without you.${rest}`;
  const health = app.choices.find((choice) => choice.keyId === presentKeyId(app))?.health?.state;
  const start = `New data of ${app.name} is encrypted under your key ${keyWords(app)}.`;
  if (health === 'revoked') return `${start} Access to it was denied: the vendor cannot read the data under it.${rest}`;
  if (health === 'outage')
    return `${start} ${capital(anyService)} does not answer at the moment. Reading may be refused until it does.${rest}`;
  return `${start}${rest}`;
}

/** Why there is nothing to save; null where there is. */
export function whyNotSave(role: Role, changed: boolean): string | null {
  if (role !== 'admin') return 'Only an administrator of your organisation can change this.';
  return changed ? null : 'You haven’t changed anything yet.';
}

/** What Save brings about. */
export function assignConsequences(app: AppView, from: AssignableKey, to: AssignableKey): Consequences {
  if (to.keyId === null) {
    return {
      points: [
        `${app.name} returns to the platform key. Reading continues.`,
        `The vendor can then read its data without you. Disabling “${from.name}” no longer blocks access.`,
        'You can put it under a key again. The platform key still opens backups made in between, until they expire.',
      ],
      details: [
        {
          label: 'What happens',
          text: `${app.name} gets a fresh data key under the platform key. Its older data keys are rewrapped to it in the background.`,
        },
        ifItFails(`Keep “${from.name}” enabled in ${anyService} meanwhile.`),
      ],
    };
  }
  const before = from.keyId === null ? 'the platform key' : `“${from.name}”`;
  const both = from.keyId === null ? `“${to.name}”` : 'both keys';
  return {
    points: [
      `${app.name} uses “${to.name}” from the next write. Reading continues.`,
      `Disabling “${to.name}” then blocks access to its data ${how(copiesOf(app.tenant).cacheTtlSeconds)}.`,
      'You can put it back in the same way.',
    ],
    details: [
      {
        label: 'What happens',
        text: `${app.name} gets a fresh data key under “${to.name}”. Its older data keys are rewrapped directly from ${before}, and stored records are re-encrypted.${
          from.keyId === null ? '' : ` “${from.name}” is not needed for it once everything has moved.`
        }`,
      },
      ifItFails(`Keep ${both} enabled in ${anyService} meanwhile.`),
    ],
  };
}

function ifItFails(keep: string): Consequence {
  return {
    label: 'If something goes wrong',
    text: `${keep} If a key cannot be reached, the remaining work waits and continues when the key answers.`,
  };
}

function how(seconds: number): string {
  return seconds === 0 ? 'from the next read on' : `within ${formatSeconds(seconds)}`;
}
