import { countOf, formatSeconds } from '#lib/byok/format.ts';
import type { HealthView, KeyPageView } from '#lib/byok/key-views.ts';
import { providerWords, serviceName } from '#lib/byok/providers.ts';

const shortest = 60;

/** What the customer does about a key that was taken away: in a few words as a heading where the remedy is short, else beneath one. */
export function remedyOf(health: HealthView, provider: string): { title: string; text: string } {
  const service = serviceName(provider);
  const next = health.next ?? `Enable the key in ${service}, or restore the permission.`;
  const [, first = next, rest = ''] = /^(.+?)\.(?:\s+(.*))?$/s.exec(next) ?? [];
  return first.length <= shortest
    ? { title: first, text: rest }
    : { title: `Restore access in ${service}`, text: next };
}

export const checkStep = {
  title: 'Let Keyward check twice',
  text: 'Access returns after two successful checks. Select Validate to check now.',
} as const;

export function returnStep({ appsUnderKey }: Pick<KeyPageView, 'appsUnderKey'>): { title: string; text: string } {
  return {
    title: 'See your apps return',
    text:
      appsUnderKey === 0
        ? 'The return to the platform key then continues.'
        : `${countOf(appsUnderKey, 'app or bot works', 'apps and bots work')} again, without a restart.`,
  };
}

export const onPurpose =
  'Revoked on purpose? No action needed. Data stays encrypted; nothing falls back to the platform key.';

/** For whoever manages the key there and has no account here. */
export function instructions(view: KeyPageView, health: HealthView): string {
  const version = view.versions.find(({ current }) => current);
  return [
    health.cause ?? 'Access to the key was denied.',
    health.next ?? `Enable the key in ${serviceName(view.provider)}, or restore the permission.`,
    `Key: ${version?.pinnedKeyRef ?? view.keyRef ?? view.alias}`,
    ...(version?.keyUrl ? [version.keyUrl] : []),
    ...(health.providerRequestId ? [`${providerWords(view.provider).requestId}: ${health.providerRequestId}`] : []),
  ].join('\n');
}

export type Happening = { at: string; text: string };

/** What happened, in order. A lease outlives a revocation: no one can call it back. */
export function happenings(view: KeyPageView, health: HealthView, seenAt: number): Happening[] {
  const lastUsedAt = view.versions.find(({ current }) => current)?.lastUsedAt;
  const { leasesServeSeconds = 0 } = view.tenant;
  const said = health.cause ?? 'Access was denied.';
  return [
    ...(lastUsedAt ? [{ at: lastUsedAt, text: 'Last successful call' }] : []),
    ...(health.since
      ? [
          { at: health.since, text: `${serviceName(view.provider)} answered: ${said}` },
          { at: health.since, text: 'Cached data keys discarded' },
        ]
      : []),
    ...(leasesServeSeconds > 0
      ? [
          {
            at: new Date(seenAt + leasesServeSeconds * 1_000).toISOString(),
            text: `Last leased data key ends, in ${formatSeconds(leasesServeSeconds)}`,
          },
        ]
      : []),
  ];
}

export function whoDidIt(provider: string): string {
  return `Your ${providerWords(provider).log} shows who changed it.`;
}
