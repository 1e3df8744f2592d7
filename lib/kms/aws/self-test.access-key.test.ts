import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AwsCheckId, awsCheckIds } from '#lib/byok/aws/checks.ts';
import { policyText } from '#lib/byok/aws/policies.ts';
import { leastUserPolicy, userPolicy } from '#lib/byok/aws/user-policies.ts';
import { checkFindingSchema } from '#lib/byok/test-report.ts';
import { VENDOR_ACCESS_KEY_ID, VENDOR_SECRET_ACCESS_KEY } from '../../../e2e/aws-simulator/world-defaults.ts';
import { type AccessKeyUser, makeUser, optionsForUser } from '../testing/access-key-user.ts';
import { accountId, type Customer, startAws, tenantId } from '../testing/customer.ts';
import { outcomes, row, run } from '../testing/run-self-test.ts';
import { selfTestAws } from './self-test.ts';

let aws: Customer;
/** Of an account whose key policy leaves it to IAM who may use it, as the wizard of AWS makes it. */
let ordinary: Customer;
let user: AccessKeyUser;

beforeAll(async () => {
  aws = await startAws();
  const made = await aws.kms('CreateKey', {});
  ordinary = { ...aws, keyArn: String((made.KeyMetadata as { Arn: string }).Arn) };
});
afterAll(() => aws.close());
afterEach(() => aws.faults());

const own = async (policy?: object) => makeUser(ordinary, policy);
const keyId = () => ordinary.keyArn.slice(ordinary.keyArn.lastIndexOf('/') + 1);
const least = () => leastUserPolicy({ keyArn: ordinary.keyArn, tenantId });

const allGreen = {
  format: 'passed',
  region: 'passed',
  connectivity: 'passed',
  authentication: 'passed',
  'confused-deputy': 'skipped',
  key: 'passed',
  'data-key': 'passed',
  'encryption-decryption': 'passed',
  'data-key-pair': 'skipped',
  'key-in-force': 'skipped',
  context: 'passed',
};

describe('an access key of a user', () => {
  it('passes with the policy that Keyward shows, tells whose it is, and completes a bare key ID', async () => {
    user = await own();
    const report = await run(optionsForUser(ordinary, user, { keyArn: keyId() }));
    expect(outcomes(report)).toEqual(allGreen);
    expect([...report.results.keys()]).toEqual([...awsCheckIds]);
    expect(report.done).toMatchObject({ passed: true, warnings: [], pinnedKeyRef: ordinary.keyArn });
    const userArn = `arn:aws:iam::${accountId}:user/${user.userName}`;
    expect(row(report, 'authentication').details).toContainEqual({ label: 'User ARN', value: userArn });
    expect(row(report, 'authentication').principal).toBe(userArn);
    for (const finding of report.findings.values()) expect(checkFindingSchema.parse(finding)).toEqual(finding);
    expect(JSON.stringify(report.events)).not.toContain(user.accessKey.secretAccessKey);
  });

  it('that may only encrypt and decrypt passes with two warnings, pins the key that answered, and makes data keys here', async () => {
    user = await own(least());
    await aws.send('DELETE', 'calls');
    const report = await run(optionsForUser(ordinary, user, { keyArn: keyId() }));
    expect(outcomes(report)).toEqual({ ...allGreen, key: 'warning', 'data-key': 'warning' });
    expect(report.done).toMatchObject({
      passed: true,
      warnings: ['key', 'data-key'],
      pinnedKeyRef: ordinary.keyArn,
      facts: { described: false, validTo: null, generates: false },
    });
    expect(row(report, 'key')).toMatchObject({ cause: 'describe-not-permitted' });
    expect(row(report, 'data-key')).toMatchObject({ cause: 'generate-not-permitted' });
    // GenerateDataKey is denied whatever the context, so the context is tried with Encrypt.
    const [denied] = row(report, 'context').providerRequestIds;
    const call = (await aws.calls()).find(({ requestID }) => requestID === denied);
    expect(call).toMatchObject({ eventName: 'Encrypt', errorCode: expect.stringMatching(/AccessDenied/) });
  });

  it('resolves an alias by what Encrypt answers, where describing is not permitted', async () => {
    user = await own(least());
    const AliasName = `alias/${user.userName}`;
    await aws.kms('CreateAlias', { AliasName, TargetKeyId: keyId() });
    const keyArn = ordinary.keyArn.replace(/key\/.*/, AliasName);
    const report = await run(optionsForUser(ordinary, user, { keyArn }));
    expect(report.done).toMatchObject({ passed: true, pinnedKeyRef: ordinary.keyArn });
  });

  it('is warned of where no policy demands our context, with Encrypt as with GenerateDataKey', async () => {
    const statement = { Effect: 'Allow', Resource: ordinary.keyArn };
    for (const Action of [['kms:Encrypt', 'kms:Decrypt'], 'kms:*']) {
      user = await own({ Version: '2012-10-17', Statement: [{ ...statement, Action }] });
      const report = await run(optionsForUser(ordinary, user));
      expect(row(report, 'context')).toMatchObject({ outcome: 'warning', cause: 'context-not-demanded' });
      expect(policyText(row(report, 'context').remedy?.policy?.document ?? {})).toContain(`:user/${user.userName}`);
    }
  });

  it('that AWS has only just made is waited for', async () => {
    user = await own();
    await user.setActive(false);
    const waiting: string[] = [];
    const options = optionsForUser(ordinary, user, {}, { waitLimits: { positiveMs: 20_000, pauseMs: 10 } });
    for await (const event of selfTestAws(options)) {
      if (event.type === 'waiting') waiting.push(event.id);
      if (event.type === 'waiting') await user.setActive(true);
      if (event.type === 'done') expect(event.passed).toBe(true);
    }
    expect(waiting).toEqual(['authentication']);
  });
});

describe('a mistake', () => {
  const cases: [string, AwsCheckId, string, RegExp, (options: ReturnType<typeof optionsForUser>) => Promise<object>][] =
    [
      [
        'no secret',
        'format',
        'secret-missing',
        /Secret Access Key/,
        async ({ secretAccessKey: _, ...options }) => options,
      ],
      [
        'an access key of a session',
        'format',
        'bad-access-key-id',
        /Correct Access Key ID/,
        async (options) => ({
          ...options,
          configuration: { ...options.configuration, accessKeyId: 'ASIAEXAMPLE000000001' },
        }),
      ],
      [
        'a key of another region',
        'format',
        'wrong-place',
        /Key ID or AWS Region/,
        async (options) => ({
          ...options,
          configuration: { ...options.configuration, keyArn: ordinary.keyArn.replace('us-east-1', 'eu-west-1') },
        }),
      ],
      [
        'a wrong secret',
        'authentication',
        'access-key-secret-wrong',
        /Paste the secret access key/,
        async (options) => ({ ...options, secretAccessKey: `${'x'.repeat(39)}y` }),
      ],
      [
        'an inactive access key',
        'authentication',
        'access-key-unknown',
        /Activate the access key/,
        async (options) => {
          await user.setActive(false);
          return options;
        },
      ],
      [
        'a deleted access key',
        'authentication',
        'access-key-unknown',
        /another access key of the user/,
        async (options) => {
          await user.deleteAccessKey();
          return options;
        },
      ],
      [
        'an access key of the root user',
        'authentication',
        'root-access-key',
        /one for an IAM user/,
        async (options) => {
          const { AccessKey } = await aws.iam('CreateAccessKey', {});
          return withAccessKey(options, AccessKey as Record<string, string>);
        },
      ],
      [
        'credentials that are no user’s',
        'authentication',
        'not-a-user',
        /IAM user/,
        async (options) =>
          withAccessKey(options, { AccessKeyId: VENDOR_ACCESS_KEY_ID, SecretAccessKey: VENDOR_SECRET_ACCESS_KEY }),
      ],
      [
        'a key ID that is none',
        'key',
        'key-not-found',
        /Compare the ARN/,
        async (options) => ({
          ...options,
          configuration: { ...options.configuration, keyArn: '1234abcd-12ab-34cd-56ef-1234567890ab' },
        }),
      ],
      [
        'no permission at all',
        'key',
        'access-denied',
        /permission policy of the user/,
        async (options) => {
          await user.may({
            Version: '2012-10-17',
            Statement: [{ Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*' }],
          });
          return options;
        },
      ],
      [
        'Decrypt forbidden',
        'encryption-decryption',
        'explicit-deny',
        /policies of the user/,
        async (options) => {
          const { Statement, Version } = userPolicy({ keyArn: ordinary.keyArn, tenantId });
          const no = { Sid: 'No', Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' };
          await user.may({ Version, Statement: [...Statement, no] });
          return options;
        },
      ],
    ];

  function withAccessKey(
    options: ReturnType<typeof optionsForUser>,
    { AccessKeyId, SecretAccessKey }: Record<string, string>,
  ) {
    const configuration = { ...options.configuration, accessKeyId: AccessKeyId };
    return { ...options, configuration, secretAccessKey: SecretAccessKey };
  }

  it.each(cases)('%s fails at %s as %s', async (_, id, cause, remedy, make) => {
    user = await own();
    const options = (await make(optionsForUser(ordinary, user))) as ReturnType<typeof optionsForUser>;
    const report = await run(options);
    expect(row(report, id)).toMatchObject({ outcome: 'failed', cause });
    expect(row(report, id).remedy?.text).toMatch(remedy);
    const first = [...report.results.values()].find(({ outcome }) => outcome === 'failed');
    expect(first?.id).toBe(id);
    expect(report.done.passed).toBe(false);
    expect(JSON.stringify(report.events)).not.toContain(options.secretAccessKey ?? user.accessKey.secretAccessKey);
  });

  it('the state of a key that may not be described is told by Encrypt', async () => {
    user = await own(least());
    await aws.kms('DisableKey', { KeyId: keyId() });
    const disabled = await run(optionsForUser(ordinary, user));
    await aws.kms('EnableKey', { KeyId: keyId() });
    expect(row(disabled, 'key')).toMatchObject({ outcome: 'failed', cause: 'key-disabled' });
  });
});
