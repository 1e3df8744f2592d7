/**
 * How often one tenant may have costly things done, by all processes together: far more than administrators and services in
 * order ask for, far less than what is felt by others.
 */
export type TenantLimit = {
  perMinute: number;
  /** How many may be under way; undefined where their number in a minute says enough. */
  atOnce?: number;
};

export const defaultTenantLimits = {
  /** Test Configuration. */
  test: { perMinute: 60, atOnce: 8 },
  /** Verify, for a step of the set-up. */
  verify: { perMinute: 120, atOnce: 8 },
  /** Validate. */
  validate: { perMinute: 30, atOnce: 4 },
  /** Opening recent records. */
  open: { perMinute: 60, atOnce: 8 },
  /** Leases of data keys. */
  lease: { perMinute: 300 },
  /** Creating a key in AWS. */
  create: { perMinute: 20, atOnce: 2 },
  /** Rekeys that were asked for. */
  rekey: { perMinute: 120 },
  /** Commands that lead data to another key: each asks the keys concerned past every cache. */
  move: { perMinute: 60, atOnce: 8 },
  /** Tokens that are made. */
  token: { perMinute: 60 },
} as const satisfies Record<string, TenantLimit>;

export type TenantLimitName = keyof typeof defaultTenantLimits;
export type TenantLimits = Readonly<Record<TenantLimitName, TenantLimit>>;

/** `test=60/8, lease=300`: a minute, and at once. What is not named stays. @returns undefined where the text is anything else */
export function readTenantLimits(text: string): TenantLimits | undefined {
  const limits: Record<string, TenantLimit> = { ...defaultTenantLimits };
  for (const part of text.split(',').map((one) => one.trim())) {
    if (part === '') continue;
    const [, name = '', perMinute, atOnce] = /^([a-z]+)=([1-9]\d{0,6})(?:\/([1-9]\d{0,3}))?$/.exec(part) ?? [];
    const known = Object.hasOwn(limits, name) ? limits[name] : undefined;
    if (known === undefined) return undefined;
    const most = atOnce === undefined ? known.atOnce : Number(atOnce);
    limits[name] = { perMinute: Number(perMinute), ...(most === undefined ? {} : { atOnce: most }) };
  }
  return limits as TenantLimits;
}
