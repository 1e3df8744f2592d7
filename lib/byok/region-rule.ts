/** The vendor's rule for one tenant: what a key outside of the region means in which the tenant's data lies. */
export type RegionRule = { homeRegion: string; regionPolicy: 'refuse' | 'warn' };

/** The rule itself, in one sentence. */
export function ruleWords({ homeRegion, regionPolicy }: RegionRule): string {
  return regionPolicy === 'refuse'
    ? `Your vendor’s rule: the key has to be in ${homeRegion}, where your data is stored.`
    : `Your vendor’s rule: a key outside ${homeRegion}, where your data is stored, is allowed with a warning.`;
}

/** Why a key in this region cannot be scheduled; null where it can, or where no region is chosen yet. */
export function regionRefusal(region: string, { homeRegion, regionPolicy }: RegionRule): string | null {
  if (regionPolicy === 'warn' || region === '' || region === homeRegion) return null;
  return `Your vendor’s rule refuses a key in ${region}: it has to be in ${homeRegion}, where your data is stored. Create a key there, or ask your vendor to change the rule.`;
}
