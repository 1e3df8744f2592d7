import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyPolicy, type PolicyDocument, permissionPolicy, policyText, trustPolicy } from '#lib/byok/aws/policies.ts';
import { type Act, evaluateActs, type RevocationShape, revocationWords } from '#lib/byok/aws/revocation.ts';
import { classifyLoss } from '../classify-loss.ts';
import { KmsError } from '../errors.ts';
import { makeUser } from '../testing/access-key-user.ts';
import {
  accountId,
  type Customer,
  externalId,
  ids,
  region,
  serviceRoleArn,
  startAws,
  tenantId,
} from '../testing/customer.ts';
import { providerOf } from '../testing/provider-of.ts';
import { awsDenials } from './whose-denial.ts';

const keyAccountId = '444455556666';

let aws: Customer;
beforeAll(async () => {
  aws = await startAws();
  await aws.send('POST', 'accounts', { accountId: keyAccountId });
});
afterAll(() => aws.close());

const shapes: (RevocationShape & { namesUser?: boolean })[] = [
  { authMode: 'assume-role', oneAccount: true, keyPrincipal: 'role' },
  { authMode: 'assume-role', oneAccount: true, keyPrincipal: 'account' },
  { authMode: 'assume-role', oneAccount: false, keyPrincipal: 'role' },
  { authMode: 'assume-role', oneAccount: false, keyPrincipal: 'account' },
  { authMode: 'access-key', oneAccount: true, keyPrincipal: 'role' },
  { authMode: 'access-key', oneAccount: true, keyPrincipal: 'role', namesUser: true },
  { authMode: 'access-key', oneAccount: false, keyPrincipal: 'role', namesUser: true },
];
const cases = shapes.flatMap((shape) => evaluateActs(shape).map(({ act, revokes }) => ({ ...shape, act, revokes })));

type Place = Awaited<ReturnType<typeof setUp>>;

/** Role or user, key and policies as Keyward shows them for this shape, and a data key that was wrapped under it. */
async function setUp(shape: (typeof shapes)[number]) {
  const { authMode, oneAccount, keyPrincipal, namesUser = false } = shape;
  const owner = oneAccount ? accountId : keyAccountId;
  const kms = (action: string, input: object) => aws.send('POST', `accounts/${owner}/kms/${region}/${action}`, input);
  const { KeyMetadata } = await kms('CreateKey', {});
  const keyArn = (KeyMetadata as { Arn: string }).Arn;
  const permission = permissionPolicy({ keyArn, tenantId });
  const roleName = `Revoked-${keyArn.slice(-12)}`;
  const user = authMode === 'access-key' ? await makeUser({ ...aws, keyArn }, permission) : null;
  const may = (document: PolicyDocument) =>
    user?.may(document) ??
    aws.iam('PutRolePolicy', { RoleName: roleName, PolicyName: 'P', PolicyDocument: policyText(document) });
  if (!user) {
    const trust = policyText(trustPolicy({ serviceRoleArn, externalId }));
    await aws.iam('CreateRole', { RoleName: roleName, AssumeRolePolicyDocument: trust });
    await may(permission);
  }
  const principalArn = `arn:aws:iam::${accountId}:${user ? `user/${user.userName}` : `role/${roleName}`}`;
  const named = keyPolicy({
    partition: 'aws',
    accountId: owner,
    roleArn: principalArn,
    tenantId,
    shape: { keyPrincipal },
  });
  const putKey = (Statement: PolicyDocument['Statement']) =>
    kms('PutKeyPolicy', { KeyId: keyArn, PolicyName: 'default', Policy: policyText({ ...named, Statement }) });
  const [root, ...ours] = named.Statement;
  if (!root) throw new Error('a key policy begins with the root statement');
  if (!user || namesUser) await putKey([root, ...ours]);
  const access = user
    ? ({ mode: 'access-key', ...user.accessKey } as const)
    : ({ mode: 'assume-role', roleArn: principalArn, externalId } as const);
  const connect = () => providerOf(aws, { access, keyArn });
  const open = connect();
  const { wrapped } = await open.generateDataKey(ids);
  return { authMode, kms, keyArn, roleName, user, principalArn, root, ours, putKey, connect, open, wrapped };
}

/** Each act as a person does it. */
const perform: Record<Act, (place: Place) => Promise<unknown>> = {
  'disable-key': ({ kms, keyArn }) => kms('DisableKey', { KeyId: keyArn }),
  deny: ({ putKey, root, ours, principalArn }) =>
    putKey([
      root,
      ...ours,
      {
        Sid: 'Stop',
        Effect: 'Deny',
        Principal: { AWS: principalArn },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
      },
    ]),
  permission: ({ user, roleName }) =>
    user
      ? aws.iam('DeleteUserPolicy', { UserName: user.userName, PolicyName: 'Keyward' })
      : aws.iam('DeleteRolePolicy', { RoleName: roleName, PolicyName: 'P' }),
  'key-policy': ({ putKey, root }) => putKey([root]),
  'permission-and-key-policy': async (place) => {
    await perform.permission(place);
    await perform['key-policy'](place);
  },
  trust: ({ roleName }) =>
    aws.iam('UpdateAssumeRolePolicy', {
      RoleName: roleName,
      PolicyDocument: policyText(trustPolicy({ serviceRoleArn: `arn:aws:iam::${accountId}:root`, externalId })),
    }),
  'delete-role': async ({ roleName }) => {
    await aws.iam('DeleteRolePolicy', { RoleName: roleName, PolicyName: 'P' });
    await aws.iam('DeleteRole', { RoleName: roleName });
  },
  'deactivate-access-key': ({ user }) => user?.setActive(false) ?? Promise.reject(new Error('there is no access key')),
};

/** How a read ends: it is opened, or what is told of the key. */
async function read(
  provider: Place['open'],
  { wrapped, authMode }: Pick<Place, 'wrapped' | 'authMode'>,
): Promise<string> {
  try {
    await provider.unwrap(wrapped, ids);
    return 'opened';
  } catch (error) {
    if (!(error instanceof KmsError)) throw error;
    const isOurs = await awsDenials.areOurs(error, { auth: { mode: authMode }, key: { region } }, new Date());
    return classifyLoss(error, { everWorked: true, isOurs });
  }
}

describe('what is said to take a key away', () => {
  it.each(cases)(
    '$authMode, one account $oneAccount, key policy names the $keyPrincipal, user named $namesUser: $act: $revokes',
    async ({ act, revokes, ...shape }) => {
      const place = await setUp(shape);
      expect(await read(place.open, place)).toBe('opened');
      await perform[act](place);
      const before = await read(place.open, place);
      const anew = await read(place.connect(), place);
      const expected = {
        'at-once': { before: 'revoked', anew: 'revoked' },
        'within-an-hour': { before: 'opened', anew: 'revoked' },
        no: { before: 'opened', anew: 'opened' },
        depends: shape.namesUser ? { before: 'opened', anew: 'opened' } : { before: 'revoked', anew: 'revoked' },
      }[revokes];
      expect({ before, anew }).toEqual(expected);
    },
  );

  it('is told apart from what does not, for every shape', () => {
    for (const shape of shapes) {
      const { takes, doesNot } = revocationWords(shape);
      expect(takes[0]).toMatch(/^Disable the key/);
      expect(takes.length + doesNot.length).toBe(evaluateActs(shape).length);
    }
    const [oneAccount, byAccount] = shapes.map(revocationWords);
    expect(oneAccount?.doesNot.join()).toContain('Remove the role’s permission policy.');
    expect(byAccount?.takes.join()).toContain('Remove the role’s permission policy.');
  });
});
