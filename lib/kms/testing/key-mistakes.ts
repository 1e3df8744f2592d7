/** For tests: keys that cannot be used, and what has to be said of each. */
import { permissionPolicy, policyText } from '#lib/byok/aws/policies.ts';
import { type Customer, region, tenantId } from './customer.ts';
import type { Mistake } from './mistakes.ts';

/** Another key of the customer's, under the policies that Keyward shows, which the test is then about. */
function anotherKey(input: object, then?: (aws: Customer, keyArn: string) => Promise<unknown>): Mistake['make'] {
  return async (aws) => {
    const made = await aws.kms('CreateKey', { Policy: policyText(aws.policies.key), ...input });
    const keyArn = String((made.KeyMetadata as { Arn: string }).Arn);
    await aws.put.permission(permissionPolicy({ keyArn, tenantId }));
    await then?.(aws, keyArn);
    return { keyArn };
  };
}

const yesterday = () => new Date(Date.now() - 86_400_000).toISOString();

export const keyMistakes: readonly Mistake[] = [
  {
    name: 'a disabled key',
    make: anotherKey({}, (aws, KeyId) => aws.kms('DisableKey', { KeyId })),
    check: 'key',
    cause: 'key-disabled',
    remedy: /Enable the key/,
  },
  {
    name: 'a key that is pending deletion',
    make: anotherKey({}, (aws, KeyId) => aws.kms('ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 })),
    check: 'key',
    cause: 'pending-deletion',
    remedy: /Cancel the deletion/,
  },
  {
    name: 'an asymmetric key',
    make: anotherKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' }),
    check: 'key',
    cause: 'invalid-key-usage',
    remedy: /symmetric key/,
  },
  {
    name: 'a key for signatures',
    make: anotherKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' }),
    check: 'key',
    cause: 'invalid-key-usage',
    remedy: /Encrypt and decrypt/,
  },
  {
    name: 'a key for HMACs',
    make: anotherKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' }),
    check: 'key',
    cause: 'invalid-key-usage',
    remedy: /Encrypt and decrypt/,
  },
  {
    name: 'a key without its imported material',
    make: anotherKey({ Origin: 'EXTERNAL' }),
    check: 'key',
    cause: 'pending-import',
    remedy: /[Ii]mport/,
  },
  {
    name: 'imported material that has expired',
    make: anotherKey({ Origin: 'EXTERNAL' }, async (aws, keyArn) => {
      await aws.send('PUT', 'key-material', { keyArn, present: true, validTo: yesterday() });
    }),
    check: 'key',
    cause: 'pending-import',
    remedy: /[Ii]mport/,
  },
  {
    name: 'a custom key store that is disconnected',
    make: anotherKey({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1234567890abcdef0' }, async (aws, keyArn) => {
      await aws.send('PUT', 'key-store-connection', { keyArn, connected: false });
    }),
    check: 'key',
    cause: 'custom-key-store',
    remedy: /connected/,
  },
  {
    name: 'a key of AWS’s own',
    make: async (aws) => {
      const made = await aws.send('POST', 'accounts/111122223333/aws-managed-keys', { region, service: 's3' });
      const keyArn = String(made.keyArn ?? (made.KeyMetadata as { Arn?: string } | undefined)?.Arn);
      await aws.put.permission(permissionPolicy({ keyArn, tenantId }));
      return { keyArn };
    },
    check: 'key',
    cause: 'aws-managed-key',
    remedy: /customer managed key/,
  },
  {
    name: 'a role that was deleted and made again, which the key policy no longer means',
    make: async (aws) => {
      const { roleArn, policies } = aws;
      const again = { RoleName: 'BYOK_Role', AssumeRolePolicyDocument: policyText(policies.trust) };
      await aws.iam('DeleteRole', { RoleName: 'BYOK_Role' }).catch(async () => {
        await aws.iam('DeleteRolePolicy', { RoleName: 'BYOK_Role', PolicyName: 'BYOK_Policy' });
        await aws.iam('DeleteRole', { RoleName: 'BYOK_Role' });
      });
      await aws.iam('CreateRole', again);
      return { roleArn };
    },
    check: 'key',
    cause: 'access-denied',
    remedy: /policy/,
    policy: 'permission',
  },
];
