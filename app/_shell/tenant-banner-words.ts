import { countOf, formatCount } from '#lib/byok/format.ts';
import type { KeyListView, KeySummary } from '#lib/byok/key-views.ts';
import { capital, serviceName } from '#lib/byok/providers.ts';
import { isNeeded, isRevoked } from '../_shared/key/status-summary.ts';
import { whatHangsOn } from '../_shared/key/unreadable-words.ts';

/** That data of the tenant cannot be read now, with the way to what helps. */
export type TenantNotice = { tone: 'bad' | 'warn'; title: string; text: string; href: string };

type Trouble = TenantNotice & { keyId: string; apps: number };

/**
 * What stands on all pages of a tenant whose data cannot be read now; null where it can. An outage counts once no cached data key can
 * be left.
 */
export function tenantNotice({ keys, tenant }: Pick<KeyListView, 'keys' | 'tenant'>, now: number): TenantNotice | null {
  const troubles = keys.flatMap((key) => troublesOf(key, tenant.cacheTtlSeconds, now));
  const [first, ...others] = troubles;
  if (!first) return null;
  if (others.length === 0) return { tone: first.tone, title: first.title, text: first.text, href: first.href };
  const troubled = new Set(troubles.map(({ keyId }) => keyId));
  const bad = troubles.some(({ tone }) => tone === 'bad');
  return {
    tone: bad ? 'bad' : 'warn',
    title: troubled.size === 1 ? first.title : `Data under ${formatCount(troubled.size)} keys cannot be read.`,
    text: `${appsOf(troubles)} ${troubled.size === 1 ? first.text : ''}`.trim(),
    href: troubled.size === 1 ? first.href : '/enterprise-key',
  };
}

function troublesOf(key: KeySummary, cacheTtlSeconds: number, now: number): Trouble[] {
  const { id, alias, appsUnderKey, health, provider } = key;
  const trouble = (tone: Trouble['tone'], title: string, text: string, apps: number): Trouble => {
    return { keyId: id, tone, title, text, apps, href: `/enterprise-key/${id}#next-steps` };
  };
  const over = (since: string | null) => since !== null && Date.parse(since) + cacheTtlSeconds * 1_000 <= now;
  const cannot = `${countOf(appsUnderKey, 'app or bot', 'apps and bots')} cannot read or write data.`;
  const active =
    key.unknownConnection && isNeeded(key)
      ? [trouble('bad', `Keyward does not know how ${alias} is connected.`, cannot, appsUnderKey)]
      : isRevoked(key)
        ? [trouble('bad', `${alias} is revoked.`, `${sentence(health?.cause)}${cannot}`, appsUnderKey)]
        : health?.state === 'outage' && isNeeded(key) && over(health.since)
          ? [trouble('warn', `${capital(serviceName(provider))} does not answer for ${alias}.`, cannot, appsUnderKey)]
          : [];
  const older = key.unreadable.flatMap((version) => {
    const outage = version.health.state === 'outage';
    if (outage && !over(version.health.since)) return [];
    const title = `${whatHangsOn(version)} of ${alias} cannot be read.`;
    const why = outage ? `${capital(serviceName(version.provider))} does not answer.` : sentence(version.health.cause);
    return [trouble(outage ? 'warn' : 'bad', title, why.trim(), version.apps)];
  });
  return [...active, ...older];
}

function appsOf(troubles: Trouble[]): string {
  const apps = troubles.reduce((sum, trouble) => sum + trouble.apps, 0);
  return apps === 0 ? '' : `Up to ${countOf(apps, 'app or bot is', 'apps and bots are')} affected.`;
}

function sentence(cause: string | null | undefined): string {
  return cause ? `${cause.replace(/\.$/, '')}. ` : '';
}
