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
  /** Active now; otherwise an older version that is not yet safe to retire. */
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

/**
 * Why a policy names more than what it is set up for, a sentence for each that does. It is said beside the policy: who does not
 * know would tidy it up.
 */
export function whyMore(
  uses: readonly StandingUse[],
  { roleArn, keyArn, serviceRoleArn }: { roleArn: string; keyArn: string | null; serviceRoleArn: string },
): { trust: string | null; key: string | null; permission: string | null } {
  const until = 'until that version is safe to retire. Without it, data could no longer be read.';
  const keys = keysBeside(uses, roleArn, keyArn).map((arn) =>
    named(
      arn,
      uses.find((use) => use.keyArn === arn && use.roleArn === roleArn),
    ),
  );
  const roles = rolesBeside(uses, keyArn, roleArn).map((arn) =>
    named(
      arn,
      uses.find((use) => use.roleArn === arn && use.keyArn === keyArn),
    ),
  );
  const services = servicesBeside(uses, roleArn, serviceRoleArn);
  return {
    permission:
      keys.length > 0
        ? `Data still depends on ${keys.join(' and on ')}. Leave it in the permission policy ${until}`
        : null,
    key:
      roles.length > 0
        ? `This key is also used by ${roles.join(' and by ')}. Leave it in the key policy ${until}`
        : null,
    trust:
      services.length > 0
        ? `This role is also assumed by ${services.join(' and by ')}. Leave it in the trust policy ${until}`
        : null,
  };
}

function named(arn: string, use: StandingUse | undefined): string {
  const version = `version ${use?.version ?? 1} of ${use?.alias ? `“${use.alias}”` : 'one of your keys'}`;
  return `${arn} (${version}, ${use?.current ? 'active' : 'not yet safe to retire'})`;
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
