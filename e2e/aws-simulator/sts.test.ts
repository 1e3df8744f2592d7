import { GenerateDataKeyCommand } from '@aws-sdk/client-kms';
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReadyAccount } from './ready-account.ts';
import { ALLOW_ALL, type Harness, policy, startHarness, VENDOR } from './testing/harness.ts';
import { VENDOR_ACCOUNT_ID, VENDOR_CALLER_ARN, VENDOR_ROLE_ARN } from './world-defaults.ts';

const ASSUME = 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html';
const THIRD_PARTY = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html';
const DEPUTY = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html';
const PRINCIPAL = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html';
const CROSS = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html';

let harness: Harness;
let ready: ReadyAccount;

beforeAll(async () => {
  harness = await startHarness();
  ready = await harness.ready();
});
afterAll(() => harness.close());

function trust(principal: object | string, condition?: object) {
  const statement = { Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' };
  return JSON.stringify(policy(condition ? { ...statement, Condition: condition } : statement));
}

async function roleTrusting(name: string, principal: object | string, condition?: object): Promise<string> {
  await harness.iam('CreateRole', { RoleName: name, AssumeRolePolicyDocument: trust(principal, condition) });
  return `arn:aws:iam::111122223333:role/${name}`;
}

describe('GetCallerIdentity', () => {
  it('https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: says who calls, and needs no permission', async () => {
    const identity = await harness.sts(VENDOR).send(new GetCallerIdentityCommand({}));
    expect(identity).toMatchObject({ Arn: VENDOR_CALLER_ARN, Account: VENDOR_ACCOUNT_ID });
    expect(identity.UserId).toMatch(/^AROA[A-Z2-7]{17}:demo$/);
    expect(identity.$metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    const denied = await harness.user('denied', policy({ Effect: 'Deny', Action: '*', Resource: '*' }));
    await expect(harness.sts(denied).send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
      Arn: 'arn:aws:iam::111122223333:user/denied',
    });
  });
});

describe('AssumeRole', () => {
  it(`${ASSUME}: gives temporary credentials of the role`, async () => {
    const answer = await harness
      .sts(VENDOR)
      .send(new AssumeRoleCommand({ RoleArn: ready.roleArn, RoleSessionName: 'keyward', DurationSeconds: 900 }));
    expect(answer.AssumedRoleUser).toMatchObject({ Arn: 'arn:aws:sts::111122223333:assumed-role/BYOK_Role/keyward' });
    expect(answer.AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA[A-Z2-7]{17}:keyward$/);
    expect(answer.Credentials?.AccessKeyId).toMatch(/^ASIA/);
    const lifetime = Number(answer.Credentials?.Expiration) - Date.now();
    expect(Math.round(lifetime / 60_000)).toBe(15);
  });

  it('https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: a role has one path, and no other role has its name', async () => {
    const AssumeRolePolicyDocument = trust({ AWS: VENDOR_ROLE_ARN });
    const create = (RoleName: string, Path?: string) =>
      harness.iam('CreateRole', { RoleName, AssumeRolePolicyDocument, ...(Path === undefined ? {} : { Path }) });
    await create('Filed', '/teams/keys/');
    await expect(create('filed')).rejects.toThrow(/EntityAlreadyExists/);
    const arn = 'arn:aws:iam::111122223333:role/teams/keys/Filed';
    await expect(harness.assume('arn:aws:iam::111122223333:role/Filed')).rejects.toThrow();
    const session = harness.sts(await harness.assume(arn));
    await expect(session.send(new GetCallerIdentityCommand({}))).resolves.toMatchObject({
      Arn: expect.stringContaining('assumed-role/Filed/'),
    });
    const naming = (AWS: string) => roleTrusting(`Trusts${AWS.length}`, { AWS });
    await expect(naming(arn)).resolves.toBeDefined();
    await expect(naming('arn:aws:iam::111122223333:role/other/Filed')).rejects.toThrow(/Invalid principal/);
    const byPath = await roleTrusting('TrustsByPath', '*', { ArnEquals: { 'aws:PrincipalArn': arn } });
    const may = policy({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' });
    await harness.iam('PutRolePolicy', {
      RoleName: 'Filed',
      PolicyName: 'Assume',
      PolicyDocument: JSON.stringify(may),
    });
    await expect(harness.assume(byPath, {}, await harness.assume(arn))).resolves.toBeDefined();
  });

  it(`${DEPUTY}: a trust policy without an external ID condition takes any external ID, and none`, async () => {
    await expect(harness.assume(ready.roleArn, { ExternalId: 'ours' })).resolves.toBeDefined();
    await expect(harness.assume(ready.roleArn, { ExternalId: 'wrong' })).resolves.toBeDefined();
    await expect(harness.assume(ready.roleArn)).resolves.toBeDefined();
  });

  it(`${THIRD_PARTY}: with the condition, only the right external ID is taken`, async () => {
    const roleArn = await roleTrusting(
      'External',
      { AWS: VENDOR_ROLE_ARN },
      { StringEquals: { 'sts:ExternalId': 'ours' } },
    );
    await expect(harness.assume(roleArn, { ExternalId: 'ours' })).resolves.toBeDefined();
    for (const ExternalId of ['wrong', undefined]) {
      await expect(harness.assume(roleArn, { ExternalId })).rejects.toMatchObject({
        name: 'AccessDenied',
        message: `User: ${VENDOR_CALLER_ARN} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        $metadata: { httpStatusCode: 403 },
      });
    }
  });

  it(`${ASSUME}: a role that does not exist is refused in the same words`, async () => {
    await expect(harness.assume('arn:aws:iam::111122223333:role/Nobody')).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(harness.assume('arn:aws:iam::123456789012:role/Nobody')).rejects.toMatchObject({
      name: 'AccessDenied',
    });
  });

  it(`${CROSS}: between accounts both sides must allow`, async () => {
    const roleArn = await roleTrusting('ForGlobex', { AWS: 'arn:aws:iam::999988887777:root' });
    await expect(harness.assume(roleArn)).resolves.toBeDefined();
    const without = await harness.user('without', undefined, VENDOR_ACCOUNT_ID);
    await expect(harness.assume(roleArn, {}, without)).rejects.toMatchObject({ name: 'AccessDenied' });
    const withPolicy = await harness.user('with', ALLOW_ALL, VENDOR_ACCOUNT_ID);
    await expect(harness.assume(roleArn, {}, withPolicy)).resolves.toBeDefined();
    await expect(harness.assume(`${ready.roleArn}`, {}, withPolicy)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it(`${PRINCIPAL}: in one account, a trust policy that names the user is enough`, async () => {
    const user = await harness.user('ann', undefined);
    const roleArn = await roleTrusting('ForAnn', { AWS: 'arn:aws:iam::111122223333:user/ann' });
    await expect(harness.assume(roleArn, {}, user)).resolves.toBeDefined();
    const forAccount = await roleTrusting('ForAccount', { AWS: '111122223333' });
    await expect(harness.assume(forAccount, {}, user)).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it.each([
    ['RoleSessionName', { RoleSessionName: 'two words' }],
    ['RoleSessionName', { RoleSessionName: 'x' }],
    ['ExternalId', { ExternalId: 'with space' }],
    ['ExternalId', { ExternalId: 'x' }],
    ['DurationSeconds below 900', { DurationSeconds: 899 }],
    ['DurationSeconds over 43200', { DurationSeconds: 43_201 }],
    ['DurationSeconds over the role’s own maximum', { DurationSeconds: 3601 }],
    ['RoleArn', { RoleArn: 'arn:aws:iam::111122223333:user/ann' }],
  ])(`${ASSUME}: refuses a %s that is not valid`, async (_, input) => {
    await expect(harness.assume(ready.roleArn, input)).rejects.toMatchObject({ name: 'ValidationError' });
  });

  it('https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_terms-and-concepts.html: chained roles last one hour at most', async () => {
    const roleArn = 'arn:aws:iam::111122223333:role/Long';
    await harness.iam('CreateRole', {
      RoleName: 'Long',
      MaxSessionDuration: 43_200,
      AssumeRolePolicyDocument: trust('*'),
    });
    await expect(harness.assume(roleArn, { DurationSeconds: 7200 })).rejects.toMatchObject({
      message: /role chaining/,
    });
    const user = await harness.user('long', ALLOW_ALL);
    await expect(harness.assume(roleArn, { DurationSeconds: 7200 }, user)).resolves.toBeDefined();
  });

  it('https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html#policies_session: a session policy narrows, and a deny-all leaves nothing', async () => {
    const use = (credentials: Awaited<ReturnType<Harness['assume']>>) =>
      harness.kms(credentials).send(new GenerateDataKeyCommand({ KeyId: ready.keyArn, KeySpec: 'AES_256' }));
    const narrow = (statement: object) => harness.assume(ready.roleArn, { Policy: JSON.stringify(policy(statement)) });
    await expect(use(await narrow({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }))).resolves.toBeDefined();
    await expect(use(await narrow({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: /because no session policy allows the kms:GenerateDataKey action/,
    });
    await expect(use(await narrow({ Effect: 'Deny', Action: '*', Resource: '*' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
    });
    await expect(harness.assume(ready.roleArn, { Policy: '{' })).rejects.toMatchObject({
      name: 'MalformedPolicyDocumentException',
    });
  });

  it('what the simulator does not know is refused by name', async () => {
    await expect(harness.assume(ready.roleArn, { SourceIdentity: 'me' })).rejects.toMatchObject({
      name: 'SimulatorUnsupported',
    });
    await expect(harness.sts(VENDOR).send(new GetSessionTokenCommand({}))).rejects.toMatchObject({
      name: 'SimulatorUnsupported',
    });
  });
});

describe('roles that come and go', () => {
  it(`${PRINCIPAL}: a policy that names a role which does not exist is refused`, async () => {
    const principal = { AWS: 'arn:aws:iam::111122223333:role/NotThere' };
    await expect(roleTrusting('Trusting', principal)).rejects.toThrow(/^MalformedPolicyDocument: Invalid principal/);
    const elsewhere = { AWS: 'arn:aws:iam::123456789012:root' };
    await expect(roleTrusting('Trusting', elsewhere)).rejects.toThrow(/^MalformedPolicyDocument: Invalid principal/);
  });

  it(`${PRINCIPAL}: a role made again under its name is no longer the one that a trust policy names`, async () => {
    await roleTrusting('Caller', { AWS: VENDOR_ROLE_ARN });
    const caller = 'arn:aws:iam::111122223333:role/Caller';
    const target = await roleTrusting('Target', { AWS: caller });
    await expect(harness.assume(target, {}, await harness.assume(caller))).resolves.toBeDefined();
    const old = await harness.assume(caller);
    await harness.iam('DeleteRole', { RoleName: 'Caller' });
    await expect(harness.assume(target, {}, old)).rejects.toMatchObject({ name: 'AccessDenied' });
    await roleTrusting('Caller', { AWS: VENDOR_ROLE_ARN });
    await expect(harness.assume(target, {}, await harness.assume(caller))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    const account = await harness.admin<{ roles: { roleName: string; trustPolicy: string }[] }>(
      'GET',
      '/accounts/111122223333',
    );
    const shown = account.roles.find(({ roleName }) => roleName === 'Target')?.trustPolicy;
    expect(shown).toMatch(/"AROA[A-Z2-7]{17}"/);
  });
});
