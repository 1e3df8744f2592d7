import { countOf, formatInstant } from '#lib/byok/format.ts';
import type { KeyPageView, KeySummary, UnreadableVersion } from '#lib/byok/key-views.ts';
import { capital, serviceName } from '#lib/byok/providers.ts';
import type { Notice } from './notice.ts';

/**
 * "301 records under version 1": what hangs on an older version that cannot be reached, counted from the data. Where nothing is
 * stored here it is counted in data keys: what services keep under them cannot be read either.
 */
export function whatHangsOn({ number, records, dataKeys }: UnreadableVersion): string {
  const what = records > 0 ? countOf(records, 'record') : countOf(dataKeys, 'data key');
  return `${what} under version ${number}`;
}

/** A notice per version: which data cannot be read, why, since when, and the one next step. */
export function unreadableNotices(view: KeyPageView): Notice[] {
  return view.unreadable.map((version) => {
    const { number, provider, health, apps, records } = version;
    const outage = health.state === 'outage';
    const since = health.since ? ` Since ${formatInstant(health.since)}.` : '';
    return {
      id: `unreadable-${number}`,
      tone: outage ? 'warn' : 'bad',
      title: `${whatHangsOn(version)} cannot be read.`,
      sentences: [
        `${health.cause ?? (outage ? `${capital(serviceName(provider))} does not answer.` : 'Access to the key was denied.')}${since}`,
        `${countOf(apps, 'app or bot has', 'apps and bots have')} ${records > 0 ? 'stored data' : 'older data keys'} there that has not moved. The active version protects new data.`,
        outage
          ? `It continues automatically once ${serviceName(provider)} answers.`
          : (health.next ?? 'Give Keyward access to the key of that version again.'),
        'Keep the key of that version until Versions calls it safe to retire.',
      ],
      link: { label: 'Versions', href: `/enterprise-key/${view.id}/versions` },
    };
  });
}

/** For the status summary: what cannot be read now; empty where everything can. */
export function unreadableSentence({ unreadable }: KeySummary): string {
  return unreadable.map((version) => ` ${whatHangsOn(version)} cannot be read now.`).join('');
}
