import { ListKeysCommand } from '@aws-sdk/client-kms';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALLOW_ALL, type Credentials, type Harness, startHarness, VENDOR } from './testing/harness.ts';
import { VENDOR_CALLER_ARN } from './world-defaults.ts';

const SIGNING = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html';
const KMS_ERRORS = 'https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html';
const STS_ERRORS = 'https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html';
const MINUTE = 60_000;

let harness: Harness;
let user: Credentials;

beforeAll(async () => {
  harness = await startHarness();
  user = await harness.user('signer', ALLOW_ALL);
});
afterAll(() => harness.close());

describe('Signature Version 4', () => {
  it(`${SIGNING}: a good signature is accepted, with long-lived and with temporary credentials`, async () => {
    await expect(harness.sts(VENDOR).send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
      Arn: VENDOR_CALLER_ARN,
    });
    await expect(harness.kms(user).send(new ListKeysCommand({}))).resolves.toMatchObject({ Keys: [] });
    const { roleArn } = await harness.ready();
    const session = await harness.assume(roleArn);
    await expect(harness.sts(session).send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
      Arn: 'arn:aws:sts::111122223333:assumed-role/BYOK_Role/keyward',
    });
  });

  it.each([
    [STS_ERRORS, 'sts', 'SignatureDoesNotMatch', { secretAccessKey: 'another' }],
    [KMS_ERRORS, 'kms', 'InvalidSignatureException', { secretAccessKey: 'another' }],
    [STS_ERRORS, 'sts', 'InvalidClientTokenId', { accessKeyId: 'AKIANOBODYKNOWSTHIS1' }],
    [KMS_ERRORS, 'kms', 'UnrecognizedClientException', { accessKeyId: 'AKIANOBODYKNOWSTHIS1' }],
    [KMS_ERRORS, 'kms', 'UnrecognizedClientException', { sessionToken: 'not-one-of-ours' }],
  ] as const)('%s: %s answers %s to %j', async (_, service, name, wrong) => {
    await expect(send(service, { ...user, ...wrong })).rejects.toMatchObject({ name });
  });

  it(`${KMS_ERRORS}: a temporary key without its token, or with another, is not known`, async () => {
    const { roleArn } = await harness.ready();
    const session = await harness.assume(roleArn);
    const { sessionToken: _, ...without } = session;
    await expect(send('kms', without)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    await expect(send('kms', { ...session, sessionToken: 'x'.repeat(128) })).rejects.toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  it('https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html: an inactive access key is refused, and works again when active', async () => {
    const AccessKeyId = user.accessKeyId;
    await harness.iam('UpdateAccessKey', { AccessKeyId, Status: 'Inactive' });
    await expect(send('kms', user)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    await harness.iam('UpdateAccessKey', { AccessKeyId, Status: 'Active' });
    await expect(send('kms', user)).resolves.toBeDefined();
  });
});

describe('a request changed on its way', () => {
  it.each<[string, (request: CapturedRequest) => void]>([
    ['the body', (request) => Object.assign(request, { body: '{"Limit":7}' })],
    [
      'the body and its hash',
      (request) => {
        request.body = '{"Limit":7}';
        delete request.headers['x-amz-content-sha256'];
      },
    ],
    ['the operation', (request) => Object.assign(request.headers, { 'x-amz-target': 'TrentService.ListAliases' })],
    [
      'the time',
      (request) => Object.assign(request.headers, { 'x-amz-date': bump(request.headers['x-amz-date'] ?? '') }),
    ],
    ['a header of AWS that nobody signed', (request) => Object.assign(request.headers, { 'x-amz-added': 'x' })],
    [
      'the region',
      (request) =>
        Object.assign(request.headers, {
          authorization: request.headers.authorization?.replace('us-east-1', 'us-west-2'),
        }),
    ],
    [
      'the service',
      (request) =>
        Object.assign(request.headers, { authorization: request.headers.authorization?.replace('/kms/', '/sts/') }),
    ],
    [
      'the region, for one that is none',
      (request) =>
        Object.assign(request.headers, {
          authorization: request.headers.authorization?.replace('us-east-1', 'attacker'),
        }),
    ],
  ])(`${SIGNING}: %s`, async (_, change) => {
    const request = await capture(harness, user);
    await expect(replay(harness, request)).resolves.toMatchObject({ status: 200 });
    change(request);
    await expect(replay(harness, request)).resolves.toMatchObject({ status: 400, type: 'InvalidSignatureException' });
  });

  it.each([
    ['no signature', undefined, 'MissingAuthenticationTokenException', 403],
    ['half a signature', 'AWS4-HMAC-SHA256 Credential=AKIA', 'IncompleteSignatureException', 400],
  ])(`${KMS_ERRORS}: %s`, async (_, authorization, type, status) => {
    const request = await capture(harness, user);
    if (authorization) request.headers.authorization = authorization;
    else delete request.headers.authorization;
    await expect(replay(harness, request)).resolves.toMatchObject({ status, type });
  });
});

describe('time', () => {
  it(`${SIGNING}: a request is valid for five minutes either way`, async () => {
    const clocked = await startHarness();
    const signer = await clocked.user('signer', ALLOW_ALL);
    const request = await capture(clocked, signer);
    clocked.advance(4 * MINUTE);
    await expect(replay(clocked, request)).resolves.toMatchObject({ status: 200 });
    clocked.advance(2 * MINUTE);
    await expect(replay(clocked, request)).resolves.toMatchObject({
      type: 'InvalidSignatureException',
      message: /Signature expired/,
    });
    clocked.advance(-12 * MINUTE);
    await expect(replay(clocked, request)).resolves.toMatchObject({
      message: expect.stringMatching(/not yet current/),
    });
    await clocked.close();
  });

  it('the SDK finds the simulated time by the Date header and signs anew', async () => {
    const clocked = await startHarness();
    const signer = await clocked.user('signer', ALLOW_ALL);
    const client = clocked.kms(signer, { maxAttempts: 2 });
    clocked.advance(60 * MINUTE);
    await expect(client.send(new ListKeysCommand({}))).resolves.toMatchObject({ $metadata: { attempts: 2 } });
    await clocked.close();
  });

  it('https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html: credentials end when they said', async () => {
    const clocked = await startHarness();
    const { roleArn } = await clocked.ready();
    const session = await clocked.assume(roleArn, { DurationSeconds: 900 });
    clocked.advance(14 * MINUTE);
    await expect(clocked.sts(session).send(new GetCallerIdentityCommand({}))).resolves.toBeDefined();
    clocked.advance(2 * MINUTE);
    await expect(clocked.sts(session).send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: 'ExpiredToken',
    });
    await expect(clocked.kms(session).send(new ListKeysCommand({}))).rejects.toMatchObject({
      name: 'ExpiredTokenException',
    });
    await clocked.close();
  });
});

function send(service: 'kms' | 'sts', credentials: Credentials): Promise<object> {
  return service === 'kms'
    ? harness.kms(credentials).send(new ListKeysCommand({}))
    : harness.sts(credentials).send(new GetCallerIdentityCommand({}));
}

interface CapturedRequest {
  headers: Record<string, string>;
  body: string;
}

/** A ListKeys request as the SDK signs it, kept from going out. */
async function capture(from: Harness, credentials: Credentials): Promise<CapturedRequest> {
  const client = from.kms(credentials);
  let captured: CapturedRequest | undefined;
  client.middlewareStack.add(
    () => async (args) => {
      const { headers, body } = args.request as { headers: Record<string, string>; body: string };
      captured = { headers: { ...headers }, body };
      throw new Error('captured');
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  await client.send(new ListKeysCommand({})).catch(() => undefined);
  if (!captured) throw new Error('The SDK sent nothing.');
  return captured;
}

async function replay({ simulator }: Harness, { headers, body }: CapturedRequest) {
  const { host: _, 'content-length': __, ...rest } = headers;
  const response = await fetch(simulator.url, { method: 'POST', headers: rest, body });
  const answer = (await response.json()) as { __type?: string; message?: string };
  return { status: response.status, type: answer.__type, message: answer.message };
}

/** One second later. */
function bump(amzDate: string): string {
  const second = Number(amzDate.slice(13, 15));
  return `${amzDate.slice(0, 13)}${String((second + 1) % 60).padStart(2, '0')}Z`;
}
