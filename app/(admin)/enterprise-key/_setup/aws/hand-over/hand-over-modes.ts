/** What of a hand-over belongs to one authentication mode. */
import type { AwsAuthMode } from '#lib/byok/aws/connection.ts';
import { inOneAccount } from '#lib/byok/aws/revocation.ts';
import type { HandOverView } from '#lib/byok/setup-views.ts';
import { describeSetUp } from '../../../_shared/aws/set-up.ts';
import { describeUserSetUp } from '../../../_shared/aws/user-set-up.ts';
import { code, words } from './markdown.ts';

type Shown = { title: string; document: object | null; missing: string; why?: string | null };

interface HandOverMode {
  /** What was agreed: as whom the key is used. */
  facts(view: HandOverView): [what: string, value: string][];
  /** Null while not even region and account are known. */
  policies(view: HandOverView): Shown[] | null;
  /** Whether whoever uses the key is of the key's account; null while that cannot be said. */
  oneAccount(view: HandOverView): boolean | null;
}

const missing = 'Complete once the key’s ARN is known.';

const role: HandOverMode = {
  facts: ({ ourIdentity, externalId, configuration }) => [
    ['Service Role ARN, the role of the vendor', code(ourIdentity)],
    ['External ID that it presents', code(externalId)],
    ['Role ARN', code(configuration.roleArn)],
  ],
  policies(view) {
    const setUp = describeSetUp(view);
    if (!setUp) return null;
    const { trust, key, permission } = setUp.policies;
    const { more, roleAccountId, keyAccountId } = setUp;
    const at = (account: string) => (roleAccountId === keyAccountId ? '' : `, in account ${account}`);
    return [
      {
        title: `Trust policy of the role ${words(setUp.roleName)}${at(roleAccountId)}`,
        document: trust,
        missing,
        why: more.trust,
      },
      { title: `Key policy${at(keyAccountId)}`, document: key, missing, why: more.key },
      {
        title: `Permission policy of the role${at(roleAccountId)}`,
        document: permission,
        missing,
        why: more.permission,
      },
    ];
  },
  oneAccount(view) {
    const setUp = describeSetUp(view);
    return setUp && setUp.roleAccountId === setUp.keyAccountId;
  },
};

const accessKey: HandOverMode = {
  facts: ({ configuration }) => [['Access Key ID', code(configuration.accessKeyId)]],
  policies(view) {
    const setUp = describeUserSetUp(view);
    if (!setUp) return null;
    const { permission, key } = setUp.policies;
    const untold =
      'Complete once a test has shown who owns the access key. Until then, the key’s default policy is enough.';
    return [
      { title: 'Permission policy of the user', document: permission, missing, why: setUp.more },
      { title: 'Key policy', document: key, missing: untold },
    ];
  },
  oneAccount(view) {
    const setUp = describeUserSetUp(view);
    return inOneAccount(setUp?.userArn ?? '', setUp?.keyArn ?? null);
  },
};

export const handOverModes: Readonly<Record<AwsAuthMode, HandOverMode>> = {
  'assume-role': role,
  'access-key': accessKey,
};
