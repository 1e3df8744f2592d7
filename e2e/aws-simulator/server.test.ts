import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DecryptCommand, DescribeKeyCommand, EncryptCommand, GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountView } from './account-view.ts';
import { type Harness, policy, REGION, startHarness } from './testing/harness.ts';
import { ACME_ACCOUNT_ID, VENDOR_ROLE_ARN } from './world-defaults.ts';

let harness: Harness;

beforeAll(async () => {
  harness = await startHarness();
});
afterAll(() => harness.close());

describe('the ready account', () => {
  it('is made once and left alone after that', async () => {
    const first = await harness.ready();
    expect(first).toMatchObject({
      roleArn: 'arn:aws:iam::111122223333:role/BYOK_Role',
      aliasArn: 'arn:aws:kms:us-east-1:111122223333:alias/byok-prod',
    });
    const before = await harness.admin('GET', '/accounts');
    expect(await harness.ready()).toEqual(first);
    expect(await harness.admin('GET', '/accounts')).toEqual(before);
  });

  it('works for the vendor, and demands neither external ID nor encryption context', async () => {
    const { roleArn, keyArn } = await harness.ready();
    const kms = harness.kms(await harness.assume(roleArn));
    await expect(kms.send(new DescribeKeyCommand({ KeyId: keyArn }))).resolves.toBeDefined();
    await expect(kms.send(new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256' }))).resolves.toBeDefined();
    const [account] = await harness
      .admin<AccountView[]>('GET', '/accounts')
      .then((all) => all.filter((a) => a.accountId === ACME_ACCOUNT_ID));
    const texts = [
      account?.roles[0]?.trustPolicy,
      account?.roles[0]?.inlinePolicies[0]?.policyDocument,
      account?.keys[0]?.policy,
    ];
    for (const text of texts) expect(text).not.toMatch(/Condition/);
    expect(texts[0]).toContain(VENDOR_ROLE_ARN);
  });

  it.each([
    [{ accountId: '1' }, /accountId/],
    [{ region: 'attacker' }, /region/],
    [{ serviceRoleArn: 'arn:aws:iam::999988887777:role/Nobody', roleName: 'New' }, /Invalid principal/],
  ])('refuses %j', async (overrides, message) => {
    await expect(harness.ready(overrides)).rejects.toThrow(message);
  });
});

describe('the log of calls', () => {
  it('https://docs.aws.amazon.com/kms/latest/developerguide/logging-using-cloudtrail.html: has every call with who, what and how it ended, and no secrets', async () => {
    const { roleArn, keyArn } = await harness.ready();
    const credentials = await harness.assume(roleArn, { ExternalId: 'ours' });
    const kms = harness.kms(credentials);
    await harness.admin('DELETE', '/calls');
    const Plaintext = Buffer.from('must-not-appear-anywhere');
    const EncryptionContext = { 'keyward:tenant': 't1' };
    const made = await kms.send(new EncryptCommand({ KeyId: keyArn, Plaintext, EncryptionContext }));
    await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext }));
    await kms.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob })).catch(() => undefined);
    const calls = await harness.calls();
    expect(calls).toMatchObject([
      {
        eventName: 'Encrypt',
        eventSource: 'kms.amazonaws.com',
        awsRegion: REGION,
        sourceIPAddress: '127.0.0.1',
        userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/BYOK_Role/keyward' },
        requestParameters: { keyId: keyArn, encryptionContext: EncryptionContext },
        resources: [{ ARN: keyArn, accountId: ACME_ACCOUNT_ID, type: 'AWS::KMS::Key' }],
        requestID: made.$metadata.requestId,
      },
      { eventName: 'Decrypt', requestParameters: { encryptionContext: EncryptionContext } },
      { eventName: 'Decrypt', errorCode: 'InvalidCiphertextException' },
    ]);
    const text = JSON.stringify(calls);
    for (const secret of [
      Plaintext.toString('base64'),
      Plaintext.toString(),
      Buffer.from(made.CiphertextBlob ?? []).toString('base64'),
      credentials.secretAccessKey,
      credentials.sessionToken ?? '-',
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it('shows refused calls to the account whose role was asked for', async () => {
    const RoleName = 'Strict';
    const statement = { Effect: 'Allow', Principal: { AWS: VENDOR_ROLE_ARN }, Action: 'sts:AssumeRole' };
    const condition = { Condition: { StringEquals: { 'sts:ExternalId': 'ours' } } };
    await harness.iam('CreateRole', {
      RoleName,
      AssumeRolePolicyDocument: JSON.stringify(policy({ ...statement, ...condition })),
    });
    await harness.assume(`arn:aws:iam::111122223333:role/${RoleName}`, { ExternalId: 'theirs' }).catch(() => undefined);
    const calls = await harness.admin<object[]>(
      'GET',
      `/calls?accountId=${ACME_ACCOUNT_ID}&eventName=AssumeRole&limit=1`,
    );
    expect(calls).toMatchObject([{ errorCode: 'AccessDenied', requestParameters: { externalId: 'theirs' } }]);
    expect(await harness.admin('GET', '/calls?accountId=444455556666&eventName=AssumeRole')).toEqual([]);
  });

  it('has what the administrator does, too', async () => {
    const { keyId } = await harness.ready();
    await harness.root('DisableKey', { KeyId: keyId });
    await harness.root('EnableKey', { KeyId: keyId });
    const last = (await harness.calls()).slice(-2);
    expect(last).toMatchObject([
      { eventName: 'DisableKey', userIdentity: { type: 'Root' } },
      { eventName: 'EnableKey', userIdentity: { arn: 'arn:aws:iam::111122223333:root' } },
    ]);
  });
});

describe('who may ask without a signature', () => {
  it.each([
    ['another web page', { origin: 'https://attacker.example' }],
    ['a page without an origin', { origin: 'null' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a foreign name pointed here', { host: 'attacker.example' }],
  ])('not %s', async (_, headers) => {
    for (const path of ['/_sim/accounts', '/']) {
      expect(await statusOf('GET', path, headers)).toBe(403);
      expect(await statusOf('POST', '/_sim/accounts', headers, '{"accountId":"123456789012"}')).toBe(403);
    }
  });

  it('the simulator’s own page', async () => {
    expect(await statusOf('GET', '/_sim/accounts', { origin: harness.simulator.url })).toBe(200);
  });

  it('a body that is not declared as JSON, or is none, is refused', async () => {
    expect(await statusOf('POST', '/_sim/accounts', { 'content-type': 'text/plain' }, '{}')).toBe(415);
    expect(await statusOf('POST', '/_sim/accounts', { 'content-type': 'application/json' }, '{')).toBe(400);
    expect(await statusOf('POST', '/_sim/accounts', { 'content-type': 'application/json' }, '[]')).toBe(400);
    expect(await statusOf('POST', '/_sim/nothing', { 'content-type': 'application/json' }, '{}')).toBe(404);
    expect(await statusOf('DELETE', '/_sim/accounts', {})).toBe(405);
  });

  function statusOf(method: string, path: string, headers: Record<string, string>, body?: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const outgoing = request(`${harness.simulator.url}${path}`, { method, headers }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }
});

describe('the customer’s page', () => {
  const page = async (path: string) => (await fetch(`${harness.simulator.url}${path}`)).text();

  it('shows the account with its role, key and policies, at each of its addresses', async () => {
    const { keyId } = await harness.ready();
    for (const path of [
      '/',
      `/?account=${ACME_ACCOUNT_ID}&role=BYOK_Role`,
      '/iam/home',
      '/kms/home?region=us-east-1',
    ]) {
      const text = await page(path);
      for (const expected of [
        'customer&#39;s console',
        'Role BYOK_Role',
        `data-key="${keyId}"`,
        'Not AWS.',
        'Key policy',
      ]) {
        expect(text).toContain(expected);
      }
    }
  });

  it('escapes what others wrote', async () => {
    const Description = '<script>alert(1)</script>';
    const { KeyMetadata } = await harness.root<{ KeyMetadata: { KeyId: string } }>('CreateKey', { Description });
    const statement = { Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'kms:*', Resource: '*' };
    const Policy = JSON.stringify({ ...policy(statement), Id: '</textarea><script>' });
    await harness.root('PutKeyPolicy', { KeyId: KeyMetadata.KeyId, Policy });
    const text = (await page('/')) + (await page(`/calls?account=${ACME_ACCOUNT_ID}`));
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('</textarea><script>');
    expect(text).toContain('&#60;/textarea&#62;&#60;script&#62;');
  });

  it('never shows a secret access key', async () => {
    const { secretAccessKey } = await harness.user('shown', undefined);
    expect(await page('/')).not.toContain(secretAccessKey);
    expect(JSON.stringify(await harness.admin('GET', '/accounts'))).not.toContain(secretAccessKey);
  });
});

describe('the state file', () => {
  it('keeps keys and ciphertexts alive over a restart, and is for its owner only', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aws-simulator-'));
    const stateFile = join(folder, 'state.json');
    const first = await startHarness({ stateFile });
    const { roleArn, keyArn } = await first.ready();
    const credentials = await first.assume(roleArn);
    const made = await first.kms(credentials).send(new GenerateDataKeyCommand({ KeyId: keyArn, KeySpec: 'AES_256' }));
    await first.close();
    expect(statSync(stateFile).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['state.json']);

    const second = await startHarness({ stateFile });
    expect(await second.ready()).toMatchObject({ keyArn });
    const opened = await second.kms(credentials).send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    expect(opened.Plaintext).toEqual(made.Plaintext);
    await second.close();
    rmSync(folder, { recursive: true });
  });

  it('of anything else is refused, and left as it is', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'aws-simulator-'));
    const stateFile = join(folder, 'state.json');
    for (const content of ['not JSON with a secret', '{"version":99}']) {
      writeFileSync(stateFile, content);
      await expect(startHarness({ stateFile })).rejects.toThrow(/is not a state file/);
      await expect(startHarness({ stateFile })).rejects.not.toThrow(/secret/);
      expect(readFileSync(stateFile, 'utf8')).toBe(content);
    }
    rmSync(folder, { recursive: true });
  });
});
