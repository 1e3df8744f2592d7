import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AwsCheckId, awsCheckIds } from '#lib/byok/aws/checks.ts';
import { certificates } from '../testing/certificates.ts';
import { type Customer, startAws, vendorAccountId } from '../testing/customer.ts';
import { optionsFor, outcomes, row, run } from '../testing/run-self-test.ts';
import { selfTestAws } from './self-test.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
afterEach(() => aws.faults());

const doesNotApply: ReadonlySet<string> = new Set(['data-key-pair', 'key-in-force']);
const onlyFormat = Object.fromEntries(
  awsCheckIds.map((id) => [id, id === 'format' ? 'failed' : doesNotApply.has(id) ? 'skipped' : 'not-run']),
);

describe('what was entered', () => {
  it.each<[string, object, string, RegExp]>([
    [
      'a role ARN where the key’s belongs',
      { keyArn: 'arn:aws:iam::111122223333:role/BYOK_Role' },
      'wrong-kind',
      /role ARN/,
    ],
    [
      'a user ARN where the role’s belongs',
      { roleArn: 'arn:aws:iam::111122223333:user/ann' },
      'wrong-kind',
      /user ARN/,
    ],
    ['a region that does not exist', { region: 'attacker' }, 'region-unknown', /doesn’t know this AWS Region/],
    [
      'a key in the vendor’s own account',
      { keyArn: `arn:aws:kms:us-east-1:${vendorAccountId}:key/8cdca674-96a6-4a51-bd21-896541a2b840` },
      'wrong-place',
      /vendor’s own/,
    ],
    [
      'a role in the vendor’s own account',
      { roleArn: `arn:aws:iam::${vendorAccountId}:role/KeywardService` },
      'wrong-place',
      /vendor’s own/,
    ],
    [
      'another partition than ours',
      {
        region: 'cn-north-1',
        roleArn: 'arn:aws-cn:iam::111122223333:role/BYOK_Role',
        keyArn: 'arn:aws-cn:kms:cn-north-1:111122223333:key/8cdca674-96a6-4a51-bd21-896541a2b840',
      },
      'partition-mismatch',
      /aws-cn/,
    ],
  ])('%s fails the format, and AWS is not called', async (_, configuration, cause, summary) => {
    await aws.send('DELETE', 'calls');
    const report = await run(optionsFor(aws, {}, configuration));
    expect(row(report, 'format')).toMatchObject({ outcome: 'failed', cause });
    expect(row(report, 'format').summary).toMatch(summary);
    expect(outcomes(report)).toEqual(onlyFormat);
    expect(report.done).toEqual({ type: 'done', passed: false, warnings: [], pinnedKeyRef: null, facts: null });
    expect(await aws.calls()).toEqual([]);
  });

  it('a key in another account than the role’s is a warning that shows both', async () => {
    const keyArn = 'arn:aws:kms:us-east-1:444455556666:key/8cdca674-96a6-4a51-bd21-896541a2b840';
    const report = await run(optionsFor(aws, {}, { keyArn }));
    expect(row(report, 'format')).toMatchObject({ outcome: 'warning', cause: 'different-accounts' });
    expect(row(report, 'format').details).toContainEqual({ label: 'Account of the key', value: '444455556666' });
    expect(row(report, 'key')).toMatchObject({ outcome: 'failed' });
  });
});

describe('a denial that names no policy', () => {
  const denied = { service: 'kms', action: 'DescribeKey', kind: 'error', name: 'AccessDeniedException' };

  it('points at the permission policy within one account', async () => {
    await aws.faults(denied);
    expect(row(await run(optionsFor(aws)), 'key').remedy?.policy?.kind).toBe('permission');
  });

  it('points at the key policy where the key is another account’s, and says whose', async () => {
    await aws.faults(denied);
    const keyArn = 'arn:aws:kms:us-east-1:444455556666:key/8cdca674-96a6-4a51-bd21-896541a2b840';
    const { remedy } = row(await run(optionsFor(aws, {}, { keyArn })), 'key');
    expect(remedy?.policy?.kind).toBe('key');
    expect(remedy?.text).toContain('In account 444455556666');
  });
});

describe('what answers for AWS and cannot be trusted', () => {
  let before: string | undefined;
  beforeEach(() => {
    before = process.env.AWS_ENDPOINT_URL_STS;
  });
  afterEach(() => {
    process.env.AWS_ENDPOINT_URL_STS = before;
  });

  it('fails connectivity, in words about its certificate', async () => {
    const server = createServer(certificates.expired, (_, response) => response.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    process.env.AWS_ENDPOINT_URL_STS = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const report = await run(optionsFor(aws)).finally(() => server.close());
    expect(row(report, 'connectivity')).toMatchObject({
      outcome: 'failed',
      cause: 'untrusted-certificate',
      summary: expect.stringMatching(/^STS in us-east-1: The TLS certificate .* cannot be trusted.*\([A-Z_]+\)$/),
    });
    expect(row(report, 'authentication')).toMatchObject({ outcome: 'not-run' });
  });

  it('names the code where nothing could be reached', async () => {
    process.env.AWS_ENDPOINT_URL_STS = 'http://127.0.0.1:1';
    const report = await run(optionsFor(aws));
    expect(row(report, 'connectivity')).toMatchObject({
      outcome: 'failed',
      cause: 'unreachable',
      summary: 'STS in us-east-1 could not be reached: ECONNREFUSED.',
    });
  });
});

describe('an AWS that fails', () => {
  it.each<[string, object, string]>([
    ['is silent', { kind: 'silence' }, 'timed-out'],
    ['breaks each connection', { kind: 'reset' }, 'unreachable'],
    ['reports errors of its own', { kind: 'error', name: 'InternalFailure', status: 500 }, 'kms-internal'],
  ])('and %s fails connectivity with that cause, in bounded time', async (_, fault, cause) => {
    await aws.faults(fault as Record<string, unknown>);
    const report = await run(optionsFor(aws, { limits: { totalTimeoutMs: 800 } }));
    expect(row(report, 'connectivity')).toMatchObject({ outcome: 'failed', cause });
    expect(row(report, 'authentication').outcome).toBe('not-run');
  });

  it('and throttles for a while is asked again, and each attempt’s request ID is kept', async () => {
    await aws.faults({ service: 'kms', action: 'GenerateDataKey', kind: 'throttle', rate: 1, count: 2 });
    const report = await run(optionsFor(aws));
    expect(report.done.passed).toBe(true);
    expect(row(report, 'data-key').providerRequestIds).toHaveLength(3);
  });

  it.each<[string, object, AwsCheckId, string]>([
    ['another key', { action: 'GenerateDataKey', kind: 'wrong-key-id' }, 'data-key', 'wrong-key'],
    ['another key for Decrypt', { action: 'Decrypt', kind: 'wrong-key-id' }, 'encryption-decryption', 'wrong-key'],
    ['another plaintext', { action: 'Decrypt', kind: 'wrong-plaintext' }, 'encryption-decryption', 'wrong-plaintext'],
  ])('and answers with %s fails the check', async (_, fault, id, cause) => {
    await aws.faults(fault as Record<string, unknown>);
    const report = await run(optionsFor(aws));
    expect(row(report, id)).toMatchObject({ outcome: 'failed', cause });
    expect(report.done.passed).toBe(false);
  });

  it('and does not know the vendor says so, and blames nobody else', async () => {
    const own = process.env.AWS_ACCESS_KEY_ID;
    process.env.AWS_ACCESS_KEY_ID = 'AKIANOBODYKNOWSTHIS1';
    try {
      const report = await run(optionsFor(aws));
      expect(row(report, 'connectivity').outcome).toBe('passed');
      expect(row(report, 'authentication')).toMatchObject({ outcome: 'failed', cause: 'vendor-credentials' });
    } finally {
      process.env.AWS_ACCESS_KEY_ID = own;
    }
  });
});

describe('streaming', () => {
  it('gives each row as it comes: the first are there while AWS has answered nothing', async () => {
    await aws.faults({ kind: 'silence' });
    const abort = new AbortController();
    const test = selfTestAws(optionsFor(aws, { signal: abort.signal }));
    const seen: string[] = [];
    while (seen.at(-1) !== 'connectivity running') {
      const { value } = await test.next();
      if (value?.type === 'check') seen.push(`${value.result.id} ${value.result.outcome}`);
    }
    expect(seen).toEqual([
      'format running',
      'format passed',
      'region running',
      'region passed',
      'connectivity running',
    ]);
    const next = test.next();
    abort.abort();
    await expect(next).rejects.toMatchObject({ failure: 'aborted' });
  });

  it('that its reader gives up ends with `aborted`, while AWS is still silent', async () => {
    await aws.faults({ kind: 'silence' });
    const abort = new AbortController();
    const read = async () => {
      for await (const event of selfTestAws(optionsFor(aws, { signal: abort.signal }))) {
        if (event.type === 'check' && event.result.id === 'connectivity') setTimeout(() => abort.abort(), 50);
      }
    };
    await expect(read()).rejects.toMatchObject({ name: 'KmsError', failure: 'aborted' });
  });
});
