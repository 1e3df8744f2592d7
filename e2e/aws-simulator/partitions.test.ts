import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSimulator, startSimulator } from './server.ts';
import { defaultVendorCredentials, VENDOR_ELSEWHERE, VENDOR_ROLE_ARN, vendorRoleArn } from './world-defaults.ts';

let simulator: RunningSimulator;
beforeAll(async () => {
  simulator = await startSimulator();
});
afterAll(() => simulator.close());

const gov = { accountId: '121212121212', region: 'us-gov-west-1' };
const govVendor = VENDOR_ELSEWHERE.find(({ partition }) => partition === 'aws-us-gov') as (typeof VENDOR_ELSEWHERE)[1];

async function send(path: string, body: object): Promise<Record<string, unknown>> {
  const response = await fetch(`${simulator.url}/_sim/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Record<string, unknown>;
}

const at = (region: string, accountId: string) => ({
  region,
  endpoint: simulator.url,
  credentials: defaultVendorCredentials(accountId),
  maxAttempts: 1,
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
describe('partitions', () => {
  it('name what is in them in their own way', async () => {
    const ready = await send('ready-account', gov);
    expect(ready).toMatchObject({
      roleArn: 'arn:aws-us-gov:iam::121212121212:role/BYOK_Role',
      keyArn: expect.stringMatching(/^arn:aws-us-gov:kms:us-gov-west-1:121212121212:key\//),
      aliasArn: 'arn:aws-us-gov:kms:us-gov-west-1:121212121212:alias/byok-prod',
    });
    const answer = await new STSClient(at(gov.region, govVendor.accountId)).send(new GetCallerIdentityCommand({}));
    expect(answer.Arn).toBe(`arn:aws-us-gov:sts::${govVendor.accountId}:assumed-role/KeywardService/demo`);
  });

  it('encrypt and decrypt as any other', async () => {
    const { keyArn: KeyId } = (await send('ready-account', gov)) as { keyArn: string };
    const path = `accounts/${gov.accountId}/kms/${gov.region}`;
    const Plaintext = Buffer.from('there and back').toString('base64');
    const { CiphertextBlob } = await send(`${path}/Encrypt`, { KeyId, Plaintext });
    expect(await send(`${path}/Decrypt`, { KeyId, CiphertextBlob })).toMatchObject({ KeyId, Plaintext });
  });

  it('know nobody of another: neither credentials, nor principals, nor regions', async () => {
    const { keyArn: KeyId } = (await send('ready-account', gov)) as { keyArn: string };
    await expect(
      new STSClient(at(gov.region, '999988887777')).send(new GetCallerIdentityCommand({})),
    ).rejects.toMatchObject({ name: 'InvalidClientTokenId' });
    await expect(
      new KMSClient(at('us-east-1', govVendor.accountId)).send(new DescribeKeyCommand({ KeyId })),
    ).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const trusting = (AWS: string) => ({
      RoleName: 'BYOK_Role',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
      }),
    });
    const update = `accounts/${gov.accountId}/iam/UpdateAssumeRolePolicy`;
    expect(await send(update, trusting(VENDOR_ROLE_ARN))).toMatchObject({ error: { code: 'MalformedPolicyDocument' } });
    expect(await send(update, trusting(vendorRoleArn(govVendor)))).not.toHaveProperty('error');
    expect(await send(`accounts/${gov.accountId}/kms/us-east-1/CreateKey`, {})).toHaveProperty('error');
  });
});
