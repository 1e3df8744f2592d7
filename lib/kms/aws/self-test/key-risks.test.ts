import type { KeyMetadata } from '@aws-sdk/client-kms';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyText } from '#lib/byok/aws/policies.ts';
import { wordsOf } from '#lib/byok/messages/words.ts';
import { inWords } from '#lib/byok/test-report.ts';
import { makeUser, optionsForUser } from '../../testing/access-key-user.ts';
import { type Customer, startAws } from '../../testing/customer.ts';
import { row, run } from '../../testing/run-self-test.ts';
import { riskOf } from './key-risks.ts';

const now = new Date('2026-11-22T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000);
const key = (more: Partial<KeyMetadata>): KeyMetadata => ({ KeyId: 'k', ...more });

describe('a key whose material does not lie in AWS KMS alone', () => {
  it.each([
    [key({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1' }), 'warning', 'cloudhsm-key-store', /disconnected/],
    [key({ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: 'cks-2' }), 'warning', 'external-key-store', /proxy/],
    [key({ Origin: 'EXTERNAL' }), 'warning', 'imported-material', /does not expire/],
    [key({ Origin: 'EXTERNAL', ValidTo: inDays(30) }), 'warning', 'material-expires', /in 30 days, on 2026-12-22/],
    [key({ Origin: 'EXTERNAL', ValidTo: inDays(1.5) }), 'warning', 'material-expires', /in 1 day,/],
    [key({ Origin: 'EXTERNAL', ValidTo: inDays(0.1) }), 'warning', 'material-expires', /in less than a day/],
    [key({ Origin: 'EXTERNAL', ValidTo: inDays(-1) }), 'failed', 'material-expired', /expired on 2026-11-21/],
  ])('%o is %s', (metadata, outcome, cause, summary) => {
    const risk = riskOf(metadata, now);
    expect(risk).toMatchObject({ outcome, cause });
    expect(wordsOf(risk?.summary ?? null)).toMatch(summary);
  });

  it('says which key store it is, and that it makes no key pairs', () => {
    const risk = riskOf(key({ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1' }), now);
    expect(risk && inWords(risk, wordsOf).details).toEqual([
      { label: 'Key store', value: 'AWS CloudHSM key store cks-1' },
      { label: 'Data key pair', value: 'Not possible in a custom key store' },
    ]);
  });

  it('is any other than one that AWS KMS made', () => {
    expect(riskOf(key({ Origin: 'AWS_KMS' }), now)).toBeUndefined();
  });
});

describe('the test of such a key', () => {
  let aws: Customer;
  beforeAll(async () => {
    aws = await startAws();
  });
  afterAll(() => aws.close());

  async function tested(input: object) {
    const made = await aws.kms('CreateKey', { ...input, Policy: policyText(aws.policies.key) });
    const keyArn = String((made.KeyMetadata as { Arn: string }).Arn);
    const customer = { ...aws, keyArn };
    return { customer, keyArn, options: optionsForUser(customer, await makeUser(customer)) };
  }

  it.each([
    [{ Origin: 'AWS_CLOUDHSM', CustomKeyStoreId: 'cks-1' }, 'cloudhsm-key-store'],
    [{ Origin: 'EXTERNAL_KEY_STORE', CustomKeyStoreId: 'cks-2', XksKeyId: 'x1' }, 'external-key-store'],
  ])('in %o passes with a warning; disconnected it fails, and says where to look', async (input, cause) => {
    const { keyArn, options } = await tested(input);
    const connected = await run(options);
    expect(connected.done).toMatchObject({ passed: true, warnings: ['key'], facts: { own: { origin: input.Origin } } });
    expect(row(connected, 'key')).toMatchObject({ outcome: 'warning', cause });
    await aws.send('PUT', 'key-store-connection', { keyArn, connected: false });
    const cut = row(await run(options), 'key');
    expect(cut).toMatchObject({ outcome: 'failed', cause: 'custom-key-store' });
    expect(cut.remedy?.text).toMatch(/connected/);
  });

  it('with imported material counts the days left, and fails once it has expired', async () => {
    const { keyArn, options } = await tested({ Origin: 'EXTERNAL' });
    expect(row(await run(options), 'key')).toMatchObject({ outcome: 'failed', cause: 'pending-import' });
    const validTo = new Date(Date.now() + 10.5 * 86_400_000).toISOString();
    await aws.send('PUT', 'key-material', { keyArn, present: true, validTo });
    const left = await run(options);
    expect(row(left, 'key')).toMatchObject({ outcome: 'warning', cause: 'material-expires' });
    expect(row(left, 'key').details).toContainEqual({ label: 'Days left', value: '10' });
    expect(left.done.facts).toMatchObject({ own: { origin: 'EXTERNAL' }, validTo: expect.stringMatching(/^20/) });
  });
});
