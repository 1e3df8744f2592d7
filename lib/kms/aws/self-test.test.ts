import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type AwsCheckId, awsCheckIds } from '#lib/byok/aws/checks.ts';
import type { RoleDraft } from '#lib/byok/aws/connection.ts';
import { keyPolicy, permissionPolicy, policyText } from '#lib/byok/aws/policies.ts';
import { checkFindingSchema } from '#lib/byok/test-report.ts';
import { accountId, type Customer, region, startAws, tenantId } from '../testing/customer.ts';
import { allGreen, failedAt, optionsFor, outcomes, row, run } from '../testing/run-self-test.ts';
import type { SelfTestOptions } from './self-test.ts';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
});
afterAll(() => aws.close());
afterEach(async () => {
  await aws.faults();
  await aws.applyPolicies();
});

function options(more: Partial<SelfTestOptions> = {}, configuration: Partial<RoleDraft> = {}) {
  return optionsFor(aws, more, configuration);
}

describe('with the policies that Keyward shows', () => {
  it('passes every check, in order, and every row fits the stored report', async () => {
    const report = await run(options());
    expect(outcomes(report)).toEqual(allGreen);
    expect([...report.results.keys()]).toEqual([...awsCheckIds]);
    expect(report.done).toMatchObject({
      type: 'done',
      passed: true,
      warnings: [],
      pinnedKeyRef: aws.keyArn,
      facts: { own: { origin: 'AWS_KMS', multiRegion: 'single' }, validTo: null, generates: true },
    });
    for (const finding of report.findings.values()) expect(checkFindingSchema.parse(finding)).toEqual(finding);
  });

  it('finds each AWS request ID of its rows in the customer’s log, and says which denied calls are its own', async () => {
    await aws.send('DELETE', 'calls');
    const report = await run(options());
    const logged = new Map((await aws.calls()).map((call) => [call.requestID, call]));
    const own = ['authentication', 'confused-deputy', 'key', 'data-key', 'encryption-decryption', 'context'] as const;
    for (const id of own) {
      const { providerRequestIds } = row(report, id);
      expect(providerRequestIds.length).toBeGreaterThan(0);
      for (const requestId of providerRequestIds) expect(logged.has(requestId)).toBe(true);
    }
    const denied = [...logged.values()].filter((call) => /AccessDenied/.test(String(call.errorCode)));
    const negative = [...report.results.values()]
      .filter((result) => result.negative)
      .flatMap((result) => result.providerRequestIds);
    const unseen = row(report, 'key').providerRequestIds;
    expect(denied.length).toBe(6);
    for (const call of denied) expect([...negative, ...unseen]).toContain(call.requestID);
  });

  it('resolves an alias, pins the ARN of its key, and takes a bare key ID', async () => {
    const byAlias = await run(options({}, { keyArn: aws.aliasArn }));
    expect(byAlias.done).toMatchObject({ passed: true, pinnedKeyRef: aws.keyArn });
    const byId = await run(options({}, { keyArn: aws.keyArn.split('/').at(-1) ?? '' }));
    expect(byId.done).toMatchObject({ passed: true, pinnedKeyRef: aws.keyArn });
  });
});

describe('the key', () => {
  it.each([
    ['DisableKey', {}, 'EnableKey', 'key-disabled', 'Enable the key'],
    ['ScheduleKeyDeletion', { PendingWindowInDays: 7 }, 'CancelKeyDeletion', 'pending-deletion', 'Cancel the deletion'],
  ])('after %s fails, with the next step', async (action, input, undo, cause, next) => {
    await aws.kms(action, { KeyId: aws.keyArn, ...input });
    try {
      const report = await run(options());
      expect(row(report, 'key')).toMatchObject({ outcome: 'failed', cause });
      expect(row(report, 'key').remedy?.text).toContain(next);
      expect(row(report, 'key').remedy?.link?.url).toBe(
        `http://127.0.0.1:3001/kms/home?region=us-east-1#/kms/keys/${aws.keyArn.split('/').at(-1)}`,
      );
      expect(row(report, 'data-key').outcome).toBe('not-run');
      expect(report.done.passed).toBe(false);
    } finally {
      await aws.kms(undo, { KeyId: aws.keyArn });
      await aws.kms('EnableKey', { KeyId: aws.keyArn });
    }
  });

  it('that is asymmetric fails, and its details are shown', async () => {
    const made = await aws.kms('CreateKey', {
      KeySpec: 'RSA_2048',
      KeyUsage: 'ENCRYPT_DECRYPT',
      Policy: policyText(aws.policies.key),
    });
    const keyArn = String((made.KeyMetadata as { Arn: string }).Arn);
    await aws.put.permission(permissionPolicy({ keyArn, tenantId }));
    const report = await run(options({}, { keyArn }));
    expect(row(report, 'key')).toMatchObject({ outcome: 'failed', cause: 'invalid-key-usage' });
    expect(row(report, 'key').details).toContainEqual({ label: 'Type', value: 'RSA_2048' });
  });

  it('in another region than the home region is refused or warned of, as the tenant’s policy says', async () => {
    const made = await aws.kms('CreateKey', { Policy: policyText(aws.policies.key) }, 'eu-west-1');
    const keyArn = String((made.KeyMetadata as { Arn: string }).Arn);
    await aws.put.permission(permissionPolicy({ keyArn, tenantId }));
    const configuration = { keyArn, region: 'eu-west-1' };
    const refused = await run(options({}, configuration));
    expect(outcomes(refused)).toEqual(failedAt('region'));
    expect(refused.done.passed).toBe(false);
    const tenant = { id: tenantId, homeRegion: region, regionPolicy: 'warn' } as const;
    const warned = await run(options({ tenant }, configuration));
    expect(warned.done).toMatchObject({ passed: true, warnings: ['region'] });
  });

  it('whose rotation may be seen shows it, and whose may not says so without failing', async () => {
    expect(row(await run(options()), 'key').details).toContainEqual({
      label: 'Automatic rotation',
      value: 'No permission',
    });
    const { permission } = aws.policies;
    await aws.put.permission({
      ...permission,
      Statement: [
        ...permission.Statement,
        { Effect: 'Allow', Action: 'kms:GetKeyRotationStatus', Resource: aws.keyArn },
      ],
    });
    expect(row(await run(options()), 'key').details).toContainEqual({ label: 'Automatic rotation', value: 'Off' });
  });
});

describe('a permission that is forbidden', () => {
  it.each<[string, AwsCheckId, string]>([
    ['kms:DescribeKey', 'key', 'KeywardDescribesThisKey'],
    ['kms:GenerateDataKey', 'data-key', 'KeywardUsesThisKey'],
    ['kms:Encrypt', 'encryption-decryption', 'KeywardUsesThisKey'],
    ['kms:Decrypt', 'encryption-decryption', 'KeywardUsesThisKey'],
  ])('%s fails its check and shows the policy, whichever forbids it', async (action, id, sid) => {
    const deny = { Sid: 'No', Effect: 'Deny', Action: action };
    const { key, permission } = aws.policies;
    await aws.put.permission({
      ...permission,
      Statement: [...permission.Statement, { ...deny, Resource: aws.keyArn }],
    });
    const byRole = row(await run(options()), id);
    expect(byRole).toMatchObject({
      outcome: 'failed',
      cause: 'explicit-deny',
      remedy: { policy: { kind: 'permission' } },
    });
    expect(byRole.summary).toContain(action);
    const lines = policyText(byRole.remedy?.policy?.document ?? {}).split('\n');
    const [[from, to] = [1, 0]] = byRole.remedy?.policy?.markedLines ?? [];
    expect(lines.slice(from - 1, to).join('\n')).toContain(sid);
    expect(lines.slice(from - 1, to).join('\n')).toContain(action);

    await aws.put.permission(permission);
    const principal = { Principal: { AWS: aws.roleArn }, Resource: '*' };
    await aws.put.key({ ...key, Statement: [...key.Statement, { ...deny, ...principal }] });
    const byKey = row(await run(options()), id);
    expect(byKey).toMatchObject({ outcome: 'failed', cause: 'explicit-deny', remedy: { policy: { kind: 'key' } } });
    expect(byKey.remedy?.policy?.document).toEqual(
      keyPolicy({ partition: 'aws', accountId, roleArn: aws.roleArn, tenantId }),
    );
  });
});

describe('the context', () => {
  it('that no policy demands is a warning, and the test passes', async () => {
    const actions = ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'];
    await aws.put.permission({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: actions, Resource: aws.keyArn }],
    });
    await aws.put.key({
      ...aws.policies.key,
      Statement: aws.policies.key.Statement.filter((it) => it.Effect === 'Allow'),
    });
    const report = await run(options());
    expect(outcomes(report)).toEqual({ ...allGreen, context: 'warning' });
    expect(report.done).toMatchObject({ passed: true, warnings: ['context'] });
    expect(row(report, 'context').remedy?.policy?.kind).toBe('key');
  });

  it('demanded by the key policy’s Deny alone passes, whatever else the role may do', async () => {
    await aws.put.permission({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }],
    });
    const report = await run(options());
    expect(outcomes(report)).toEqual(allGreen);
  });
});
