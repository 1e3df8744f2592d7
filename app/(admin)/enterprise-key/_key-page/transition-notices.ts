import type { ErrorCode } from '#lib/byok/errors.ts';
import { countOf, formatClock, plural } from '#lib/byok/format.ts';
import type { KeyPageView } from '#lib/byok/key-views.ts';
import { serviceName } from '#lib/byok/providers.ts';
import { toldError } from '#lib/byok/told-error.ts';
import type { TransitionView } from '#lib/byok/transition-views.ts';
import type { Notice } from '../../../_shared/key/notice.ts';
import {
  failedCount,
  isOpen,
  leftElsewhere,
  leftToMove,
  standingOf,
  transitionWords,
} from '../../../_shared/transitions/transition-words.ts';

/** What to know of the transition under way: that its last try failed, that it is paused, or what must not be done meanwhile. */
export function transitionNotice(view: KeyPageView): Notice | null {
  const { transition } = view;
  if (!transition || transition.finishedAt) return null;
  switch (standingOf(transition)) {
    case 'stuck':
      return stuck(view, transition);
    case 'incomplete':
      return incomplete(view, transition);
    case 'paused':
      return paused(transition);
    default:
      return isOpen(transition) ? underWay(view, transition) : null;
  }
}

function stuck(view: KeyPageView, transition: TransitionView): Notice {
  const { code, detail } = transition.failure ?? { code: 'internal', detail: '' };
  return {
    id: 'failed',
    tone: 'bad',
    title: `${transitionWords[transition.kind].stuck}${nextTryOf(transition)}`,
    sentences: [
      detail,
      whereItStays(view, transition),
      nextStep(view, code),
      ...(transition.attempts > 0 ? [`${countOf(transition.attempts, 'try', 'tries')} so far.`] : []),
    ].filter((sentence) => sentence !== ''),
    ...(transition.nextTryAt ? { when: transition.nextTryAt } : {}),
    ...linkOf(view, transition),
  };
}

function nextTryOf(transition: TransitionView): string {
  return transition.nextTryAt ? `, next try at ${formatClock(transition.nextTryAt)}` : '';
}

function nextStep(view: KeyPageView, code: ErrorCode): string {
  if (code === 'key-revoked' && view.standing !== null) {
    const lost = [view.health, ...view.unreadable.map(({ health }) => health)].find((one) => one?.state === 'revoked');
    if (lost?.next) return `${lost.next} It then continues automatically.`;
    return `Enable the key in ${serviceName(view.provider)}, or restore the permission. It then continues automatically.`;
  }
  return code === 'key-outage' || code === 'unavailable'
    ? 'No action needed: it continues once there is an answer.'
    : toldError(code, serviceName(view.provider)).next;
}

function linkOf(view: KeyPageView, transition: TransitionView): Pick<Notice, 'link'> {
  if (transition.kind === 'activate' && view.commands.edit.allowed)
    return { link: { label: 'Edit', href: `/enterprise-key/${view.id}/setup/test`, command: 'edit' } };
  return transition.startedAt ? { link: { label: 'See how far it has come', href: '#transition' } } : {};
}

function whereItStays(view: KeyPageView, transition: TransitionView): string {
  if (transition.kind === 'activate' && view.appsUnderKey === 0)
    return 'Everything stays on the platform key until a try succeeds.';
  return stays[transition.kind];
}

const stays = {
  activate:
    'Moved data stays under your key. The rest stays on the platform key until a try succeeds. Nothing is lost.',
  rotate: 'Moved data and new data use the new version. The rest stays under the previous version. Nothing is lost.',
  'select-apps': 'New data already follows the new choice. Older data stays where it is. Nothing is lost.',
  revert: 'Returned data stays under the platform key. The rest stays under your key. Nothing is lost.',
  rekey: 'Older data stays under the older data key. Nothing is lost.',
} as const satisfies Record<TransitionView['kind'], string>;

function incomplete(view: KeyPageView, transition: TransitionView): Notice {
  const { failed } = transition.dataKeys;
  const what =
    failed > 0
      ? `${countOf(failed, 'data key')} could not be moved`
      : `${countOf(failedCount(transition), 'stored record')} could not be re-encrypted`;
  return {
    id: 'incomplete',
    tone: 'bad',
    title: `${transitionWords[transition.kind].name}: ${what}${nextTryOf(transition)}`,
    sentences: [
      'Everything else has moved. Each failed item is listed with its reason, and Keyward tries again.',
      keepOld(view, transition.kind),
    ],
    ...(transition.nextTryAt ? { when: transition.nextTryAt } : {}),
    link: { label: 'See what failed', href: failed > 0 ? '#incomplete' : '#transition' },
  };
}

function keepOld(view: KeyPageView, kind: TransitionView['kind']): string {
  switch (kind) {
    case 'activate':
      return 'Until then, the platform key still decrypts it.';
    case 'rotate':
      return `Until then, the old version cannot be retired. Keep its key enabled in ${serviceBefore(view)}.`;
    case 'select-apps':
      return 'Until then, it stays readable under the previous key.';
    case 'revert':
      return `Until then, your key is still needed. Keep it enabled in ${serviceName(view.provider)}.`;
    case 'rekey':
      return 'Until then, it stays readable under the older data key.';
  }
}

function paused(transition: TransitionView): Notice {
  // As the sentence at the top counts.
  const left = leftElsewhere(transition) ?? leftToMove(transition);
  const { by, at } = transition.paused ?? { by: '', at: '' };
  return {
    id: 'paused',
    tone: 'warn',
    title: `${transitionWords[transition.kind].name} paused by ${by}`,
    when: at,
    sentences: [
      left
        ? `${left.text} ${plural(left.count, 'waits', 'wait')} until it is resumed.`
        : 'It waits until it is resumed.',
      'A pause does not change what can be read. New data already uses the right key.',
    ],
    link: { label: 'Go to Resume', href: '#transition' },
  };
}

/** Where the version is that the active one has followed. */
function serviceBefore({ versions, versionNumber, provider }: KeyPageView): string {
  const before = versions.find(({ number }) => number === (versionNumber ?? 0) - 1);
  return serviceName(before?.provider ?? provider);
}

function underWay(view: KeyPageView, transition: TransitionView): Notice | null {
  if (transition.kind === 'rotate' && leftElsewhere(transition)) {
    return {
      id: 'under-way',
      tone: 'moving',
      title: `Rotating to version ${view.versionNumber ?? ''}`.trim(),
      sentences: [
        `No action needed. Keep the key of the previous version enabled in ${serviceBefore(view)} until Versions calls it safe to retire.`,
      ],
    };
  }
  if (transition.kind !== 'revert') return null;
  return {
    id: 'under-way',
    tone: 'warn',
    title: 'Your data is returning to the platform key',
    sentences: [
      `Keep your key enabled in ${serviceName(view.provider)} until everything has returned. Otherwise, the rest waits and cannot be read.`,
    ],
  };
}

/** A rotation was tested or at least saved, and nobody has begun it. */
export function preparedRotation(view: KeyPageView): Notice | null {
  if (!view.rotation || view.state !== 'active') return null;
  const { report, keyRef } = view.rotation;
  const test = !report
    ? 'It has not been tested yet.'
    : report.stale || !report.passed
      ? 'It has to pass its test first.'
      : 'Its test has passed.';
  return {
    id: 'prepared',
    tone: 'moving',
    title: 'A rotation is prepared but not started.',
    sentences: [`The new key is ${keyRef}.`, test, 'Nothing changes until you start it.'],
    link: { label: 'Continue the rotation', href: `/enterprise-key/${view.id}/rotate`, command: 'rotate' },
  };
}

export function revertedNotice(view: KeyPageView): Notice | null {
  if (view.state !== 'reverted') return null;
  const waiting = view.versions.filter((version) => !version.retirement.safe);
  return {
    id: 'reverted',
    tone: 'moving',
    title: 'This key is no longer used.',
    ...(view.transition?.kind === 'revert' && view.transition.finishedAt ? { when: view.transition.finishedAt } : {}),
    sentences: [
      'Its apps are back on the platform key. This page is now read-only.',
      ...(waiting.length > 0
        ? [`Keep the key in ${serviceName(view.provider)} until each of its versions is safe to retire.`]
        : []),
      'To use your own key again, create a new one.',
    ],
    link: { label: 'Go to all keys', href: '/enterprise-key' },
  };
}
