import { unknownWords } from '#lib/byok/connection-mode.ts';
import { countOf, formatDay, formatInstant, formatSeconds, plural } from '#lib/byok/format.ts';
import type { HealthView, KeyPageView } from '#lib/byok/key-views.ts';
import { isProvider, providers, serviceName } from '#lib/byok/providers.ts';
import type { Notice } from '../../../_shared/key/notice.ts';
import { isNeeded } from '../../../_shared/key/status-summary.ts';
import { unreadableNotices } from '../../../_shared/key/unreadable-words.ts';
import { aliasNotice } from './alias-words.ts';
import { expiryNotice } from './expiry-notice.ts';
import { preparedRotation, revertedNotice, transitionNotice } from './transition-notices.ts';
import { retirementNotice } from './version-words.ts';

/** What to tell and what to do next, the most urgent first. */
export function noticesFor(view: KeyPageView): Notice[] {
  const setup = `/enterprise-key/${view.id}/setup`;
  const notices = [
    unknownConnection(view),
    ...unreadableNotices(view),
    transitionNotice(view),
    healthNotice(view),
    expiryNotice(view),
    lifeNotice(view, setup),
    workingCopy(view, setup),
    aliasNotice(view),
    preparedRotation(view),
    revertedNotice(view),
    retirementNotice(view),
    backups(view),
  ].filter((notice) => notice !== null);
  return notices.some(({ id }) => !asksNothing.has(id)) || view.status !== 'active'
    ? notices
    : [...notices, prove(serviceOf(view))];
}

/** Facts with a date: nobody has to act on them now. */
const asksNothing: ReadonlySet<Notice['id']> = new Set(['backups', 'retire']);

function prove(service: string): Notice {
  return {
    id: 'prove',
    tone: 'ok',
    title: 'Nothing needs doing.',
    sentences: [
      `See for yourself that the key works: Validate has ${service} open a data key of every app, past every cache.`,
    ],
    link: { label: 'Go to Validation', href: '#validation' },
  };
}

function serviceOf({ details }: KeyPageView): string {
  return serviceName(details.provider);
}

function unknownConnection({ unknownConnection: unknown, appsUnderKey }: KeyPageView): Notice | null {
  if (!unknown) return null;
  return {
    id: 'unknown-connection',
    tone: 'bad',
    title: 'Keyward does not know how this key is connected.',
    sentences: [
      unknownWords(unknown),
      `No key service is asked about it. ${appsUnderKey > 0 ? 'Data under the key stays encrypted and cannot be read meanwhile. ' : ''}The key was not taken away, and nothing is lost.`,
      'Tell the vendor’s support: a newer version of Keyward may know it.',
    ],
  };
}

function healthNotice(view: KeyPageView): Notice | null {
  if (!view.health || !isNeeded(view)) return null;
  const { health } = view;
  const service = serviceOf(view);
  switch (health.state) {
    case 'revoked':
      return {
        id: 'revoked',
        tone: 'bad',
        title: 'The key refuses us: data under it cannot be read.',
        sentences: [
          ...causeOf(health),
          `${whatCannotBeRead(view)} cannot be read by anybody at the vendor. The data stays as it is, encrypted; nothing falls back to the platform key.`,
          `If this was not intended: ${health.next ?? `enable the key in ${service} or restore the permission.`}`,
          `Access returns after two successful checks. Select Check now to have ${service} asked at once.`,
        ],
        link: { label: 'Go to Validation', href: '#validation' },
      };
    case 'outage':
      return {
        id: 'outage',
        tone: 'warn',
        title: `${capital(service)} does not answer. This is an outage, not a revocation.`,
        sentences: [
          ...causeOf(health),
          `Copies of data keys serve for at most ${formatSeconds(view.tenant.cacheTtlSeconds)} after they were unwrapped; past that, reading is refused until ${service} answers. Nothing is lost.`,
          `Nothing needs doing. If it stays, ${ifOutageStays(view)}.`,
        ],
      };
    case 'degraded':
      return {
        id: 'degraded',
        tone: 'warn',
        title: 'The key answers again after it had refused.',
        sentences: [
          'Data can be read again.',
          `One more successful check and it counts as healthy. Select Check now to have ${service} asked at once.`,
        ],
        link: { label: 'Go to Validation', href: '#validation' },
      };
    case 'healthy':
    case 'not-yet-checked':
      return health.old ? unchecked(health, service) : null;
  }
}

/** What was seen long ago is no reason to say that nothing needs doing. */
function unchecked({ at }: HealthView, service: string): Notice {
  return {
    id: 'unchecked',
    tone: 'info',
    title: 'Whether the key works now is not known.',
    sentences: [
      `It worked when ${service} was last asked${at ? `, on ${formatInstant(at)}` : ''}. Nothing has used it since.`,
      `Select Check now to have ${service} asked.`,
    ],
  };
}

/** Where no records are stored here, what services keep under the key's data keys cannot be read all the same. */
function whatCannotBeRead({ versions, appsUnderKey }: KeyPageView): string {
  const apps = appsUnderKey === 0 ? '' : ` of ${countOf(appsUnderKey, 'app or bot', 'apps and bots')}`;
  // What still lies under an older version that answers can be read.
  const refusing = versions.filter(({ current, health }) => current || health.state === 'revoked');
  const records = refusing.reduce((sum, version) => sum + version.records, 0);
  return records === 0 ? `Data${apps}` : `${countOf(records, 'record')}${apps}`;
}

function ifOutageStays({ details: { provider } }: KeyPageView): string {
  return isProvider(provider)
    ? providers[provider].words.ifOutageStays
    : 'ask the people who look after the key service';
}

/** A cause that came from a provider may or may not end in a full stop; ours always do. */
function causeOf(health: HealthView): string[] {
  const since = health.since ? ` Since ${formatInstant(health.since)}.` : '';
  return health.cause ? [`${health.cause.replace(/\.$/, '')}.${since}`] : since ? [since.trim()] : [];
}

function lifeNotice(view: KeyPageView, setup: string): Notice | null {
  if (view.status === 'draft') {
    return {
      id: 'draft',
      tone: 'info',
      title: 'Setup is not finished.',
      sentences: ['The key protects nothing until it has passed its test and you have proceeded.'],
      link: { label: 'Continue setup', href: setup, command: 'edit' },
    };
  }
  if (view.status !== 'scheduled' || !view.enforcementAt) return null;
  return {
    id: 'scheduled',
    tone: 'info',
    title: `Encryption under your key begins on ${formatInstant(view.enforcementAt, view.standing?.timeZone)}`,
    when: view.enforcementAt,
    sentences: [
      'The configuration is tested once more before anything moves; if that fails, everything stays on the platform key and this page says why.',
      'Until then the key can be edited and tested again.',
    ],
    link: { label: 'Edit', href: `${setup}/provider`, command: 'edit' },
  };
}

function workingCopy(view: KeyPageView, setup: string): Notice | null {
  if (!view.hasWorkingCopy) return null;
  return {
    id: 'working-copy',
    tone: 'info',
    title: 'A changed copy is waiting.',
    sentences: ['What was tested, with its date, stands until the copy passes its test and you proceed with it.'],
    link: { label: 'Continue editing', href: setup, command: 'edit' },
  };
}

function backups(view: KeyPageView): Notice | null {
  if (!view.backups) return null;
  const { records, outside, olderThan, until } = view.backups;
  const what = [
    ...(records > 0 ? [countOf(records, 'record')] : []),
    ...(outside ? ['an unknown number of envelopes that services hold outside'] : []),
  ].join(' and ');
  return {
    id: 'backups',
    tone: 'info',
    title: `${capital(records > 0 ? countOf(records, 'record') : 'data outside')} ${plural(records || 1, 'remains', 'remain')} openable from old backups`,
    sentences: [
      `${capital(what)} ${plural(outside ? records + 2 : records, 'remains', 'remain')} openable from backups older than ${formatDay(olderThan)} with the platform root key, until ${formatDay(until)}.`,
      'Disabling your key does not change that; the date does.',
    ],
  };
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
