import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALLOW_ALL, type Credentials, type Harness, policy, startHarness } from './testing/harness.ts';

const ROLE = 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html';
const ERRORS = 'https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html';

let harness: Harness;
let user: Credentials;
beforeAll(async () => {
  harness = await startHarness();
  user = await harness.user('keeper', ALLOW_ALL);
});
afterAll(() => harness.close());

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 'sts:AssumeRole' }],
});
const permission = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'kms:DescribeKey', Resource: '*' }],
});

describe('IAM on the wire', () => {
  it(`${ROLE}: a role is made, read, labelled and changed`, async () => {
    const made = await call(user, 'CreateRole', {
      RoleName: 'Wire',
      Path: '/',
      AssumeRolePolicyDocument: trust,
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'security',
    });
    expect(made.body).toContain('<Arn>arn:aws:iam::111122223333:role/Wire</Arn>');
    await call(user, 'TagRole', { RoleName: 'Wire', 'Tags.member.1.Key': 'a:b', 'Tags.member.1.Value': 'c' });
    await call(user, 'UntagRole', { RoleName: 'Wire', 'TagKeys.member.1': 'team' });
    const { body } = await call(user, 'GetRole', { RoleName: 'Wire' });
    expect(body).toContain('<Tags><member><Key>a:b</Key><Value>c</Value></member></Tags>');
    expect(body).toContain(`<AssumeRolePolicyDocument>${encodeURIComponent(trust)}</AssumeRolePolicyDocument>`);
    expect((await call(user, 'ListRoles', {})).body).toContain('<RoleName>Wire</RoleName>');
  });

  it('https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html: an inline policy is put, listed, read and gone', async () => {
    const named = { RoleName: 'Wire', PolicyName: 'P' };
    await call(user, 'PutRolePolicy', { ...named, PolicyDocument: permission });
    expect((await call(user, 'ListRolePolicies', { RoleName: 'Wire' })).body).toContain('<member>P</member>');
    expect((await call(user, 'GetRolePolicy', named)).body).toContain(encodeURIComponent(permission));
    await call(user, 'DeleteRolePolicy', named);
    expect(await call(user, 'GetRolePolicy', named)).toMatchObject({
      status: 404,
      body: expect.stringContaining('<Code>NoSuchEntity</Code>'),
    });
  });

  it(`${ERRORS}: what the caller’s policies do not allow is denied, and what is not known is not ignored`, async () => {
    const poor = await harness.user(
      'poor',
      policy({ Effect: 'Allow', Action: 'sts:GetCallerIdentity', Resource: '*' }),
    );
    expect(await call(poor, 'DeleteRole', { RoleName: 'Wire' })).toMatchObject({
      status: 403,
      body: expect.stringContaining('<Code>AccessDenied</Code>'),
    });
    expect((await call({ ...user, secretAccessKey: 'x' }, 'ListRoles', {})).body).toContain('SignatureDoesNotMatch');
    expect((await call(user, 'CreateGroup', { GroupName: 'g' })).body).toContain('SimulatorUnsupported');
    expect((await call(user, 'GetRole', { RoleName: 'Wire', Surprise: 'x' })).body).toContain('SimulatorUnsupported');
    const calls = (await harness.calls()).filter(({ eventName }) => eventName === 'DeleteRole');
    expect(calls.at(-1)).toMatchObject({ eventSource: 'iam.amazonaws.com', errorCode: 'AccessDenied' });
  });
});

/** Signature Version 4 by hand: no client of IAM's is among what is installed. */
async function call(
  { accessKeyId, secretAccessKey }: Credentials,
  Action: string,
  fields: Record<string, string>,
): Promise<{ status: number; body: string }> {
  const body = new URLSearchParams({ Action, Version: '2010-05-08', ...fields }).toString();
  const at = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const { host } = new URL(harness.simulator.url);
  const headers = { 'content-type': 'application/x-www-form-urlencoded', host, 'x-amz-date': at };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = ['POST', '/', '', lines.join(''), names, sha256(body)].join('\n');
  const scope = [at.slice(0, 8), 'us-east-1', 'iam', 'aws4_request'];
  const toSign = ['AWS4-HMAC-SHA256', at, scope.join('/'), sha256(canonical)].join('\n');
  const key = scope.reduce<string | Buffer>((k, part) => hmac(k, part), `AWS4${secretAccessKey}`);
  const signature = hmac(key, toSign).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join('/')}, SignedHeaders=${names}, Signature=${signature}`;
  const { 'content-type': type, 'x-amz-date': date } = headers;
  const response = await fetch(harness.simulator.url, {
    method: 'POST',
    headers: { 'content-type': type, 'x-amz-date': date, authorization },
    body,
  });
  return { status: response.status, body: await response.text() };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
