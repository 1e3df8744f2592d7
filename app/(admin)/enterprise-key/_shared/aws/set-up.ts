import { isAccountId, parseKeyReference, parseRoleArn, roleArnOf } from '#lib/byok/aws/arn.ts';
import { unknownAccount } from '#lib/byok/aws/connect-problems.ts';
import { consoleUrls, createKeyUrl, createRoleUrl, keyPageUrl, rolePageUrl } from '#lib/byok/aws/console-links.ts';
import { keyPolicy, permissionPolicy, trustPolicy } from '#lib/byok/aws/policies.ts';
import type { PolicyShape } from '#lib/byok/aws/policy-shape.ts';
import { isKnownRegion, type Partition, partitionOf } from '#lib/byok/aws/regions.ts';
import { keysBeside, rolesBeside, type StandingUse, servicesBeside, whyMore } from '#lib/byok/aws/standing-uses.ts';
import { usualShape } from '#lib/byok/aws/tenant-ids.ts';
import type { ConfigurationView, SetupView } from '#lib/byok/setup-views.ts';

/** All that somebody needs who sets AWS up for this key, with the tenant's own values in it. */
export type SetUp = {
  partition: Partition;
  region: string;
  accountId: string;
  roleName: string;
  roleArn: string;
  /** The key's own ARN; null while it is not known, or known by an alias only that no test has resolved yet. */
  keyArn: string | null;
  policies: { trust: object; key: object; permission: object | null };
  /** Why a policy names more than this role and key, where it does. */
  more: ReturnType<typeof whyMore>;
  /** What of the tenant's is in use. */
  inUse: readonly StandingUse[];
  /** Account of the role, and of the key: the role’s while the key is not known. */
  roleAccountId: string;
  keyAccountId: string;
  /** Whether everything can be set up by one file: the key is known, or is to be made by it. */
  complete: boolean;
  /** What the policies are written by. */
  shape: PolicyShape;
  dataKeyPair: boolean;
  links: { createRole: string; role: string; createKey: string; key: string | null };
};

type Given = { keyArn: string; roleArn: string };

/** What the policies are made of: the tenant's and our own names, and what is saved of the configuration. */
export type SetUpSource = Pick<SetupView, 'externalId' | 'ourIdentity' | 'consoleUrl' | 'inUse' | 'report'> & {
  tenant: Pick<SetupView['tenant'], 'id'>;
  configuration: Pick<ConfigurationView, 'region' | 'accountId' | 'roleName' | 'roleArn' | 'keyArn'> &
    Partial<Pick<ConfigurationView, 'policyShape' | 'dataKeyPair' | 'createsKey'>>;
};

/**
 * `given` holds what stands in the form just now; without it, what is saved counts. Null while region or account are
 * missing: then nothing can be shown that would not have to be replaced.
 */
export function describeSetUp(view: SetUpSource, given: Given = view.configuration): SetUp | null {
  const { region, accountId, roleName } = view.configuration;
  if (!isKnownRegion(region) || !isAccountId(accountId) || roleName === '') return null;
  const partition = partitionOf(region);
  const role = parseRoleArn(given.roleArn);
  const roleArn = role.ok ? role.value.arn : roleArnOf(partition, accountId, roleName);
  const keyArn = ownKeyArn(view, given.keyArn, accountId);
  const key = keyArn ? parseKeyReference(keyArn) : null;
  const keyAccountId = key?.ok ? key.value.accountId : accountId;
  const where = { partition, baseUrl: consoleOf(view) };
  const { policyShape: shape = usualShape, dataKeyPair = false } = view.configuration;
  const choices = { tenantId: view.tenant.id, shape, dataKeyPair };
  const { inUse, ourIdentity: serviceRoleArn, externalId } = view;
  return {
    partition,
    region,
    accountId,
    roleName: role.ok ? role.value.roleName : roleName,
    roleArn,
    keyArn,
    policies: {
      trust: trustPolicy({
        serviceRoleArn,
        alsoServiceRoleArns: servicesBeside(inUse, roleArn, serviceRoleArn),
        externalId,
        shape,
      }),
      key: keyPolicy({
        partition,
        accountId: keyAccountId,
        roleArn,
        alsoRoleArns: rolesBeside(inUse, keyArn, roleArn),
        ...choices,
      }),
      permission: keyArn
        ? permissionPolicy({ keyArn, alsoKeyArns: keysBeside(inUse, roleArn, keyArn), ...choices })
        : null,
    },
    more: whyMore(inUse, { roleArn, keyArn, serviceRoleArn }),
    inUse,
    roleAccountId: role.ok ? role.value.accountId : accountId,
    keyAccountId,
    complete: keyArn !== null || (given.keyArn.trim() === '' && !view.configuration.createsKey),
    shape,
    dataKeyPair,
    links: {
      createRole: createRoleUrl(where),
      role: rolePageUrl({ ...where, roleName: role.ok ? role.value.roleName : roleName }),
      createKey: createKeyUrl({ ...where, region }),
      key: keyArn ? keyPageUrl({ ...where, region, keyId: keyArn.slice(keyArn.lastIndexOf('/') + 1) }) : null,
    },
  };
}

type KeySource = Pick<SetupView, 'report'> & { configuration: Pick<ConfigurationView, 'region' | 'keyArn'> };

/** A policy names the key itself, never an alias: an alias may be pointed elsewhere later. */
export function ownKeyArn({ configuration, report }: KeySource, given: string, accountId: string): string | null {
  const key = parseKeyReference(given, { region: configuration.region, accountId });
  if (!key.ok) return null;
  if (key.value.kind === 'key' && key.value.accountId !== unknownAccount) return key.value.arn;
  // The last test resolved it; that holds for what it was given only.
  return report && !report.stale && given.trim() === configuration.keyArn.trim() ? report.pinnedKeyRef : null;
}

/** Undefined where it is AWS's own. */
export function consoleOf({ consoleUrl }: Pick<SetupView, 'consoleUrl'>): string | undefined {
  return consoleUrl === consoleUrls.aws ? undefined : consoleUrl;
}
