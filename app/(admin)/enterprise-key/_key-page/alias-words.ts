import { type AliasState, driftSentence, hasDrifted } from '#lib/byok/alias-watch.ts';
import { formatInstant } from '#lib/byok/format.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { providerWords, serviceName } from '#lib/byok/providers.ts';
import type { Notice } from '../../../_shared/key/notice.ts';

/** The alias leads elsewhere: what that means, which is nothing yet, and how to follow it. */
export function aliasNotice(view: KeyPageView): Notice | null {
  const { aliasWatch, state } = view;
  if (!aliasWatch || !hasDrifted(aliasWatch) || state === 'reverting' || state === 'reverted') return null;
  const pinned = view.standing?.pinnedKeyRef ?? 'the key that was tested';
  return {
    id: 'alias',
    tone: 'warn',
    title: 'Your alias no longer leads to the active key.',
    sentences: [
      `${driftSentence(aliasWatch)}${aliasWatch.driftedAt ? ` Seen since ${formatInstant(aliasWatch.driftedAt)}.` : ''}`,
      `Your data stays under ${pinned} until you rotate: keep that key enabled.`,
      aliasWatch.state === 'gone'
        ? `Rotate to the key’s own ${providerWords(view.provider).keyName} or to another alias, or recreate the alias in ${serviceName(view.provider)}.`
        : `Rotate to follow the alias, or point it back in ${serviceName(view.provider)} if this was not intended.`,
    ],
    link: { label: 'Rotate Key', href: `/enterprise-key/${view.id}/rotate`, command: 'rotate' },
  };
}

/** Where the alias of the active version leads, for the key's details. */
export const aliasStateWords = {
  'not-looked': 'Not resolved yet',
  here: 'To the active key',
  elsewhere: 'To another key',
  unseen: 'To another key, which Keyward has no permission to see',
  gone: 'Nowhere: it no longer exists',
  'not-permitted': 'No permission',
} as const satisfies Record<AliasState, string>;
