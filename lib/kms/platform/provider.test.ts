import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { policyText } from '#lib/byok/aws/policies.ts';
import { type ContractSubject, describeProvider } from '../provider.contract.ts';
import { region, startAws, vendorAccountId } from '../testing/customer.ts';
import { createPlatformProvider } from './provider.ts';
import { platformDenials } from './whose-denial.ts';

const isOurs: ContractSubject['isOurs'] = (error) => platformDenials.areOurs(error, null, new Date());

describeProvider('a root key', async () => ({
  provider: createPlatformProvider({ rootKey: randomBytes(32) }),
  other: createPlatformProvider({ rootKey: randomBytes(32) }),
  isOurs,
}));

describeProvider('the vendor’s own KMS key', async () => {
  const aws = await startAws();
  const allow = { Effect: 'Allow', Action: 'kms:*', Resource: '*' };
  const policy = {
    Version: '2012-10-17',
    Statement: [
      { ...allow, Principal: { AWS: `arn:aws:iam::${vendorAccountId}:root` } },
      { ...allow, Principal: { AWS: `arn:aws:iam::${vendorAccountId}:role/KeywardService` } },
    ],
  };
  const createKey = async () => {
    const made = await aws.send('POST', `accounts/${vendorAccountId}/kms/${region}/CreateKey`, {
      Policy: policyText(policy),
    });
    return String((made.KeyMetadata as { Arn: string }).Arn);
  };
  return {
    provider: createPlatformProvider({ kmsKeyArn: await createKey() }),
    other: createPlatformProvider({ kmsKeyArn: await createKey() }),
    isOurs,
    close: aws.close,
  };
});

describe('a root key', () => {
  it('is named by a fingerprint, the same each time, that tells nothing of it', () => {
    const rootKey = Buffer.alloc(32, 9);
    const one = createPlatformProvider({ rootKey });
    expect(one.keyId).toMatch(/^platform\/[0-9a-f]{16}$/);
    expect(createPlatformProvider({ rootKey }).keyId).toBe(one.keyId);
    expect(createPlatformProvider({ rootKey: Buffer.alloc(32, 8) }).keyId).not.toBe(one.keyId);
  });

  it('must have 32 bytes', () => {
    for (const size of [0, 16, 31, 33])
      expect(() => createPlatformProvider({ rootKey: Buffer.alloc(size) })).toThrow(RangeError);
  });

  it('may be zero-filled by its owner once the provider is made', async () => {
    const rootKey = randomBytes(32);
    const provider = createPlatformProvider({ rootKey });
    const ids = { tenantId: 't', appId: 'a' };
    const { wrapped, plaintext } = await provider.generateDataKey(ids);
    const again = createPlatformProvider({ rootKey: Buffer.from(rootKey) });
    rootKey.fill(0);
    expect((await provider.unwrap(wrapped, ids)).plaintext.equals(plaintext)).toBe(true);
    expect((await again.unwrap(wrapped, ids)).plaintext.equals(plaintext)).toBe(true);
  });
});
