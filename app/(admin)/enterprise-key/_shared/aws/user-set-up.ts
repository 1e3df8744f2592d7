import { unknownAccount } from '#lib/byok/aws/connect-problems.ts';
import { createKeyUrl, createUserUrl, keyPageUrl, userPageUrl } from '#lib/byok/aws/console-links.ts';
import { keyPolicy, type PolicyDocument } from '#lib/byok/aws/policies.ts';
import { isKnownRegion, type Partition, partitionOf } from '#lib/byok/aws/regions.ts';
import { keysBeside, whyMore } from '#lib/byok/aws/standing-uses.ts';
import { leastUserPolicy, userPolicy } from '#lib/byok/aws/user-policies.ts';
import type { ConfigurationView, SetupView } from '#lib/byok/setup-views.ts';
import { consoleOf, ownKeyArn } from './set-up.ts';

/** What somebody sets up in AWS who lets us come with an access key. */
export type UserSetUp = {
  partition: Partition;
  region: string;
  /** The key's own ARN; null while it is not known: its account is told by AWS, an alias resolved by the test. */
  keyArn: string | null;
  /** Told by AWS in the last test. */
  userArn: string | null;
  policies: { permission: PolicyDocument; least: PolicyDocument; key: PolicyDocument | null };
  /** Why the user's policy names more than this key, where it does. */
  more: string | null;
  links: { createUser: string; user: string | null; createKey: string; key: string | null };
};

export type UserSetUpSource = Pick<SetupView, 'consoleUrl' | 'inUse' | 'report'> & {
  tenant: Pick<SetupView['tenant'], 'id'>;
  configuration: Pick<ConfigurationView, 'region' | 'keyArn'>;
};

/** `keyArn` is what stands in the form just now; without it, what is saved counts. Null while there is no region. */
export function describeUserSetUp(view: UserSetUpSource, given: string = view.configuration.keyArn): UserSetUp | null {
  const { region } = view.configuration;
  if (!isKnownRegion(region)) return null;
  const partition = partitionOf(region);
  const userArn = userIn(view.report);
  const keyArn = ownKeyArn(view, given, userArn ? accountIn(userArn) : unknownAccount);
  const tenantId = view.tenant.id;
  // Whose an access key is, only AWS tells: what is used with any is named for each.
  const alsoKeyArns = keysBeside(view.inUse, '', keyArn);
  const where = { partition, baseUrl: consoleOf(view) };
  return {
    partition,
    region,
    keyArn,
    userArn,
    policies: {
      permission: userPolicy({ keyArn, alsoKeyArns, tenantId }),
      least: leastUserPolicy({ keyArn, alsoKeyArns, tenantId }),
      key:
        userArn && keyArn ? keyPolicy({ partition, accountId: accountIn(keyArn), roleArn: userArn, tenantId }) : null,
    },
    more: keyArn ? whyMore(view.inUse, { roleArn: '', keyArn, serviceRoleArn: '' }).permission : null,
    links: {
      createUser: createUserUrl(where),
      user: userArn ? userPageUrl({ ...where, userName: lastPart(userArn) }) : null,
      createKey: createKeyUrl({ ...where, region }),
      key: keyArn ? keyPageUrl({ ...where, region, keyId: lastPart(keyArn) }) : null,
    },
  };
}

/** As the check Authentication tells it; in a report from before, the form of the ARN alone tells what it is. */
function userIn(report: SetupView['report']): string | null {
  if (!report || report.stale) return null;
  const check = report.checks.find(({ id }) => id === 'authentication');
  const told = check?.principal ? [check.principal] : (check?.details.map(({ value }) => value) ?? []);
  return told.find((arn) => /^arn:[\w-]+:iam::\d{12}:user\//.test(arn)) ?? null;
}

/** 5th part of an ARN. */
export function accountIn(arn: string | null): string {
  return arn?.split(':')[4] ?? '';
}

function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
