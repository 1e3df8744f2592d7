import type { Joined, ProviderRules } from './provider-rules.ts';

type Of = { provider: string };
type Rules<T extends Of> = {
  canonical(of: T, joined: Joined): string;
} & Pick<ProviderRules, 'connectionVersion' | 'canonicalStandsAlone'>;

/**
 * One line that covers all that decides which key is reached, how, and for whom; who stores it hashes it. Equal lines mean equal
 * configurations, tenants and external IDs. Never made of stored JSON: that may change its shape.
 */
export function fingerprintLine<T extends Of>(rules: Rules<T>, of: T, joined: Joined): string {
  const canonical = rules.canonical(of, joined);
  if (rules.canonicalStandsAlone) return canonical;
  const { tenantId, externalId } = joined;
  return JSON.stringify([
    'keyward/v3/connection',
    of.provider,
    rules.connectionVersion,
    tenantId,
    externalId,
    canonical,
  ]);
}
