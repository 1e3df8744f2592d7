import { unknownWords } from '#lib/byok/connection-mode.ts';
import { countOf, formatDay, formatInstant, formatSeconds } from '#lib/byok/format.ts';
import type { HealthView, KeyPageView } from '#lib/byok/key-views.ts';
import { capital, isProvider, providers, serviceName } from '#lib/byok/providers.ts';
import type { Notice } from '../../../_shared/key/notice.ts';
import { unreadableRecords } from '../../../_shared/key/protection.ts';
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
    title: 'No action needed.',
    sentences: [
      `To prove that the key works, select Validate: it decrypts data keys and recent records using ${service}, bypassing caches.`,
    ],
    act: 'validate',
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
      `No key service is asked about it. ${appsUnderKey > 0 ? 'Data under the key stays encrypted and cannot be read meanwhile. ' : ''}This is not a revocation, and nothing is lost.`,
      'Contact the vendor’s support: a newer version of Keyward may know it.',
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
        title: 'Access to the key was denied: data under it cannot be read.',
        sentences: [
          ...causeOf(health),
          `${whatCannotBeRead(view)} cannot be read. The data stays encrypted; nothing falls back to the platform key.`,
          `If this was not intended: ${health.next ?? `enable the key in ${service} or restore the permission.`}`,
          'Access returns after two successful checks. Select Validate to check now.',
        ],
        act: 'validate',
      };
    case 'outage':
      return {
        id: 'outage',
        tone: 'warn',
        title: `${capital(service)} does not answer. This is an outage, not a revocation.`,
        sentences: [
          ...causeOf(health),
          `Cached data keys work for at most ${formatSeconds(view.tenant.cacheTtlSeconds)}. After that, reads are refused until ${service} answers. Nothing is lost.`,
          `No action needed. If it stays, ${ifOutageStays(view)}.`,
        ],
      };
    case 'degraded':
      return {
        id: 'degraded',
        tone: 'warn',
        title: 'The key answers again.',
        sentences: [
          'Data can be read. After one more successful check the key is healthy. Select Validate to check now.',
        ],
        act: 'validate',
      };
    case 'healthy':
    case 'not-yet-checked':
      return health.old ? unchecked(health, service) : null;
  }
}

/** What was seen long ago is no reason to say that no action is needed. */
function unchecked({ at }: HealthView, service: string): Notice {
  return {
    id: 'unchecked',
    tone: 'moving',
    title: 'The key has not been checked recently.',
    sentences: [
      `It worked when Keyward last asked ${service}${at ? `, on ${formatInstant(at)}` : ''}. Nothing has used it since.`,
      'Select Check now to know.',
    ],
  };
}

/** Where no records are stored here, what services keep under the key's data keys cannot be read all the same. */
function whatCannotBeRead(view: KeyPageView): string {
  const apps = view.appsUnderKey === 0 ? '' : ` of ${countOf(view.appsUnderKey, 'app or bot', 'apps and bots')}`;
  const records = unreadableRecords(view);
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
      tone: 'moving',
      title: 'Setup is not finished.',
      sentences: ['The key protects no data until its test passes and you proceed.'],
      link: { label: 'Continue setup', href: setup, command: 'edit' },
    };
  }
  if (view.status !== 'scheduled' || !view.enforcementAt) return null;
  return {
    id: 'scheduled',
    tone: 'moving',
    title: `Encryption under your key begins on ${formatInstant(view.enforcementAt, view.standing?.timeZone)}`,
    when: view.enforcementAt,
    sentences: [
      'Keyward tests the key again before anything moves. If the test fails, everything stays on the platform key, and this page says why.',
      'Until then you can edit and test the key.',
    ],
    link: { label: 'Edit', href: `${setup}/provider`, command: 'edit' },
  };
}

function workingCopy(view: KeyPageView, setup: string): Notice | null {
  if (!view.hasWorkingCopy) return null;
  return {
    id: 'working-copy',
    tone: 'moving',
    title: 'A changed copy is waiting.',
    sentences: ['Your tested settings and their date stay in effect until the copy passes its test and you proceed.'],
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
    tone: 'moving',
    title: 'The last backup from before your key expires.',
    day: until,
    sentences: [
      `Until then, ${what} can be decrypted with the platform key from backups older than ${formatDay(olderThan)}.`,
      'Disabling your key does not prevent this.',
    ],
  };
}
