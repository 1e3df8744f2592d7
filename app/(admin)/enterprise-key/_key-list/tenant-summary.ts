import { countOf, formatCount, plural } from '#lib/byok/format.ts';
import type { KeyListView } from '#lib/byok/key-views.ts';
import { type Piece, shareOf } from '../../../_shared/key/status-summary.ts';

/** The one sentence that is true of the tenant as a whole, however many keys it has. */
export function tenantSummary({ apps, keys }: Pick<KeyListView, 'apps' | 'keys'>): Piece[] {
  const under = apps.total - apps.underPlatformKey;
  const strong = (text: string): Piece => ({ text, strong: true });
  if (under === 0) {
    return [
      strong('No apps use your own key.'),
      {
        text: ` The vendor’s platform key protects ${allOf(apps.total)}, and the vendor can read them.`,
      },
    ];
  }
  const cut = keys.reduce((sum, key) => sum + (key.health?.state === 'revoked' ? key.appsUnderKey : 0), 0);
  const partly = keys.reduce((sum, key) => sum + (key.health?.state === 'revoked' ? 0 : appsCutOff(key)), 0);
  return [
    strong(shareOf(under, apps.total)),
    { text: ' apps and bots use ' },
    strong(keysInWords(keys)),
    { text: restInWords(apps.underPlatformKey) },
    ...(partly > 0
      ? [strong(` Data of ${formatCount(partly)} of them under an older version can’t be read now.`)]
      : []),
    ...(cut > 0 ? [strong(` ${formatCount(cut)} of them can’t be read now: access to the key was denied.`)] : []),
  ];
}

/** Apps with something under an older version that was taken away; of several such versions those of the largest. */
function appsCutOff({ unreadable }: KeyListView['keys'][number]): number {
  return Math.max(0, ...unreadable.filter(({ health }) => health.state === 'revoked').map(({ apps }) => apps));
}

function restInWords(others: number): string {
  if (others === 0) return '.';
  return `. The vendor can read the other ${plural(others, 'one', formatCount(others))} without you.`;
}

function keysInWords(keys: KeyListView['keys']): string {
  const active = keys.filter((key) => key.appsUnderKey > 0).length;
  return plural(active, 'your own key', `${formatCount(active)} keys of your own`);
}

function allOf(total: number): string {
  return total === 1 ? 'your app or bot' : `all ${countOf(total, 'app or bot', 'apps and bots')}`;
}
