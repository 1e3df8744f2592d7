/**
 * What is in use: which role uses which key, for whatever data still hangs on it. A policy is one for all of them: the role's
 * permission policy names each key that it uses, a key's policy each role that uses it. One that named the newest alone
 * would cut off the others with all that lies under them.
 */
export type StandingUse = {
  /** The enterprise key, and the version of it. */
  keyId: string;
  alias: string;
  version: number;
  /** The key itself. */
  keyArn: string;
  /** Empty with an access key. */
  roleArn: string;
  /** Who assumes that role. */
  serviceRoleArn: string;
  /** In force now; otherwise an older version that is not yet safe to retire. */
  current: boolean;
};

/** Keys that a role's permission policy has to name beside `keyArn`; with no role, those that are used with an access key. */
export function keysBeside(uses: readonly StandingUse[], roleArn: string, keyArn: string | null): string[] {
  return distinct(uses.filter((use) => use.roleArn === roleArn).map((use) => use.keyArn)).filter(
    (arn) => arn !== keyArn,
  );
}

/** Roles that a key's policy has to name beside `roleArn`. */
export function rolesBeside(uses: readonly StandingUse[], keyArn: string | null, roleArn: string): string[] {
  return distinct(uses.filter((use) => use.keyArn === keyArn).map((use) => use.roleArn)).filter(
    (arn) => arn !== roleArn && arn !== '',
  );
}

/** Service roles that a role's trust policy has to name beside `serviceRoleArn`. */
export function servicesBeside(uses: readonly StandingUse[], roleArn: string, serviceRoleArn: string): string[] {
  return distinct(uses.filter((use) => use.roleArn === roleArn).map((use) => use.serviceRoleArn)).filter(
    (arn) => arn !== serviceRoleArn && arn !== '',
  );
}

/** Why a policy names more than one key, in a sentence with each of them; null where it names one. */
export function whyBoth(uses: readonly StandingUse[], roleArn: string, keyArn: string | null): string | null {
  const beside = keysBeside(uses, roleArn, keyArn);
  if (beside.length === 0) return null;
  const named = beside.map((arn) => {
    const use = uses.find((one) => one.keyArn === arn && one.roleArn === roleArn);
    return `${arn} (version ${use?.version} of ${use?.alias || 'a key of yours'}, ${use?.current ? 'in force' : 'not yet safe to retire'})`;
  });
  return `Data still depends on ${named.join(' and on ')}. The policy names it too until its version is safe to retire: without it that data could no longer be read.`;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
