import type { LossCause } from '../loss-causes.ts';
import type { CustomerRemedy } from '../provider-rules.ts';
import { type KeyName, parseKeyArn, parseRoleArn, type RoleName } from './arn.ts';
import type { AwsDraft } from './connection.ts';
import { keyPageUrl, rolePageUrl } from './console-links.ts';
import { keyPolicy, markLines, type PolicyDocument, permissionPolicy, trustPolicy } from './policies.ts';
import { keysBeside, rolesBeside, servicesBeside } from './standing-uses.ts';
import { standingUsesOf } from './standing-uses-of.ts';

export type LostKey = {
  cause: LossCause;
  /** The call that failed: "kms:Decrypt"; null where it is not known. */
  action: string | null;
  tenantId: string;
  pinnedKeyRef: string;
  /** What stands for the external ID in a policy that is shown to others than the customer. */
  externalId: string;
  serviceRoleArn: string;
  uses: Parameters<typeof standingUsesOf>[0];
  consoleUrl: string;
};

/** What the customer has to change in AWS after a loss: for whom, in which policy, and where. */
export function customerRemedy(draft: AwsDraft, lost: LostKey): CustomerRemedy {
  const key = parseKeyArn(lost.pinnedKeyRef);
  const role = draft.authMode === 'assume-role' ? parseRoleArn(draft.roleArn) : undefined;
  if (!key.ok) return { principal: null, policy: null, link: null };
  // Of an access key only its end is told: it names a credential.
  if (draft.authMode === 'access-key')
    return { principal: `access key …${draft.accessKeyId.slice(-4)}`, policy: null, link: keyLink(key.value, lost) };
  if (!role?.ok) return { principal: null, policy: null, link: keyLink(key.value, lost) };
  const kind = policyOf[lost.cause];
  const atRole = kind === 'trust' || kind === 'permission' || atTheRole.has(lost.cause);
  return {
    principal: role.value.arn,
    policy: kind ? policyFor(kind, draft, { ...lost, key: key.value, role: role.value }) : null,
    link: atRole
      ? {
          label: `Open ${role.value.roleName} in AWS`,
          url: rolePageUrl({
            partition: role.value.partition,
            baseUrl: lost.consoleUrl,
            roleName: role.value.roleName,
          }),
        }
      : keyLink(key.value, lost),
  };
}

type PolicyKind = 'trust' | 'key' | 'permission';

/** Which policy of those that we write has lost its line. AWS may have several answers for a cause that is in none of them. */
const policyOf: Partial<Record<LossCause, PolicyKind>> = {
  'role-refused': 'trust',
  'role-gone': 'trust',
  'permission-removed': 'permission',
  'permission-unclear': 'permission',
  'key-policy-changed': 'key',
  'context-refused': 'key',
};

const atTheRole: ReadonlySet<LossCause> = new Set(['denied-to-role', 'permissions-boundary']);

type Parts = LostKey & { key: KeyName & { arn: string }; role: RoleName };

function policyFor(kind: PolicyKind, draft: AwsDraft, lost: Parts): CustomerRemedy['policy'] {
  const uses = standingUsesOf(lost.uses);
  const { tenantId, key, role, action, serviceRoleArn, externalId } = lost;
  const choices = { tenantId, shape: draft.policyShape, dataKeyPair: draft.dataKeyPair };
  const sid = action === 'kms:DescribeKey' ? 'KeywardDescribesThisKey' : 'KeywardUsesThisKey';
  switch (kind) {
    case 'trust': {
      const alsoServiceRoleArns = servicesBeside(uses, role.arn, serviceRoleArn);
      const document = trustPolicy({ serviceRoleArn, alsoServiceRoleArns, externalId, shape: draft.policyShape });
      return shown('Trust policy', document, ['"AWS"', 'sts:ExternalId']);
    }
    case 'permission': {
      const document = permissionPolicy({
        keyArn: key.arn,
        alsoKeyArns: keysBeside(uses, role.arn, key.arn),
        ...choices,
      });
      return shown('Permission policy', document, needlesIn(document, action, sid));
    }
    case 'key': {
      const alsoRoleArns = rolesBeside(uses, key.arn, role.arn);
      const { partition, accountId } = key;
      const document = keyPolicy({ partition, accountId, roleArn: role.arn, alsoRoleArns, ...choices });
      const isContext = lost.cause === 'context-refused';
      return shown('Key policy', document, isContext ? ['KeywardOnlyInThisContext'] : needlesIn(document, action, sid));
    }
  }
}

/** The very action where it stands once, else the statement that has it. */
function needlesIn(document: PolicyDocument, action: string | null, sid: string): string[] {
  const needle = `"${action}"`;
  const times = JSON.stringify(document).split(needle).length - 1;
  return action !== null && times === 1 ? [needle] : [sid];
}

function shown(name: string, document: PolicyDocument, needles: string[]): CustomerRemedy['policy'] {
  return { name, document, markedLines: markLines(document, needles) };
}

function keyLink(key: KeyName, { consoleUrl: baseUrl }: LostKey): CustomerRemedy['link'] {
  const { partition, region, keyId } = key;
  return { label: 'Open the key in AWS', url: keyPageUrl({ partition, baseUrl, region, keyId }) };
}
