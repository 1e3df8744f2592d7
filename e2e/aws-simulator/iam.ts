import { randomBytes } from 'node:crypto';
import { AwsError, unsupported } from './errors.ts';
import { type IamCall, missing, nameIn, type Operation, roleOf } from './iam-call.ts';
import { ROLE_READING, showRole, tagsIn } from './iam-roles.ts';
import { parsePolicy } from './policy/document.ts';
import { PolicyError } from './policy/policy-error.ts';
import { storePolicy } from './policy/stored-policy.ts';

import { newIamId } from './world/iam-ids.ts';
import type { Role, StoredPolicy, User } from './world/types.ts';
import { own } from './world/world.ts';

/**
 * The IAM operations under AWS's own names, parameters and errors, but as JSON and for the administrator only: what of
 * them goes over the wire, and by whose leave, is in `iam-wire.ts`.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 * @throws AwsError
 */
export function callIam(action: string, call: IamCall): object {
  const operation = Object.hasOwn(OPERATIONS, action) ? OPERATIONS[action] : undefined;
  if (!operation) throw unsupported(`the IAM operation ${action}`);
  for (const name of Object.keys(call.input)) {
    if (!operation.parameters.includes(name)) throw unsupported(`${name} in the IAM operation ${action}`);
  }
  const answer = operation.run(call);
  call.world.changed();
  return answer;
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  CreateRole: {
    parameters: ['RoleName', 'AssumeRolePolicyDocument', 'MaxSessionDuration', 'Path', 'Description', 'Tags'],
    run: createRole,
  },
  GetRole: { parameters: ['RoleName'], run: getRole },
  ...ROLE_READING,
  DeleteRole: { parameters: ['RoleName'], run: deleteRole },
  UpdateAssumeRolePolicy: { parameters: ['RoleName', 'PolicyDocument'], run: updateTrust },
  ...policyOperations('Role', (call) => roleOf(call)),
  CreateUser: { parameters: ['UserName'], run: createUser },
  DeleteUser: { parameters: ['UserName'], run: deleteUser },
  ...policyOperations('User', (call) => userOf(call)),
  CreateAccessKey: { parameters: ['UserName'], run: createAccessKey },
  UpdateAccessKey: { parameters: ['AccessKeyId', 'Status'], run: updateAccessKey },
  DeleteAccessKey: { parameters: ['AccessKeyId'], run: deleteAccessKey },
};

function createRole(call: IamCall): object {
  const { account, input } = call;
  const name = nameIn(input, 'RoleName');
  if (isTaken(account.roles, name)) throw exists(`Role with name ${name} already exists.`);
  const maxSessionSeconds = input.MaxSessionDuration ?? 3600;
  if (typeof maxSessionSeconds !== 'number' || maxSessionSeconds < 3600 || maxSessionSeconds > 43_200) {
    throw new AwsError('ValidationError', 'MaxSessionDuration must be 3600 to 43200.');
  }
  const role: Role = {
    name,
    id: newIamId('AROA', 17),
    arn: `arn:${account.partition ?? 'aws'}:iam::${account.id}:role${pathIn(input)}${name}`,
    accountId: account.id,
    trust: trustPolicy(call, 'AssumeRolePolicyDocument'),
    inline: {},
    maxSessionSeconds,
    tags: tagsIn(input),
    createdAt: call.world.clock(),
    ...(typeof input.Description === 'string' ? { description: input.Description } : {}),
  };
  account.roles[name] = role;
  return { Role: showRole(call, role) };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
function getRole(call: IamCall): object {
  return { Role: showRole(call, roleOf(call)) };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html: its inline policies must be gone first. */
function deleteRole(call: IamCall): object {
  const role = roleOf(call);
  requireNoPolicies(role);
  delete call.account.roles[role.name];
  return {};
}

function updateTrust(call: IamCall): object {
  const role = roleOf(call);
  role.trust = trustPolicy(call, 'PolicyDocument');
  return {};
}

function createUser({ account, input }: IamCall): object {
  const name = nameIn(input, 'UserName');
  if (isTaken(account.users, name)) throw exists(`User with name ${name} already exists.`);
  const arn = `arn:${account.partition ?? 'aws'}:iam::${account.id}:user/${name}`;
  const user: User = { name, id: newIamId('AIDA', 17), arn, accountId: account.id, inline: {} };
  account.users[name] = user;
  return { User: { UserName: name, UserId: user.id, Arn: arn } };
}

function deleteUser(call: IamCall): object {
  const user = userOf(call);
  requireNoPolicies(user);
  const keys = Object.values(call.world.state.accessKeys);
  const has = keys.some(
    (key) => key.accountId === call.account.id && key.owner.kind === 'user' && key.owner.userName === user.name,
  );
  if (has) throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete access keys first.', 409);
  delete call.account.users[user.name];
  return {};
}

/** PutRolePolicy, DeleteRolePolicy, PutRolePermissionsBoundary, DeleteRolePermissionsBoundary, and the same for users. */
function policyOperations(kind: 'Role' | 'User', find: (call: IamCall) => Role | User): Record<string, Operation> {
  const name = `${kind}Name`;
  return {
    [`Put${kind}Policy`]: {
      parameters: [name, 'PolicyName', 'PolicyDocument'],
      run(call) {
        const entity = find(call);
        entity.inline[nameIn(call.input, 'PolicyName')] = identityPolicy(call, 'PolicyDocument');
        return {};
      },
    },
    [`Delete${kind}Policy`]: {
      parameters: [name, 'PolicyName'],
      run(call) {
        const entity = find(call);
        const policyName = nameIn(call.input, 'PolicyName');
        if (!Object.hasOwn(entity.inline, policyName)) throw missing(`The policy ${policyName} cannot be found.`);
        delete entity.inline[policyName];
        return {};
      },
    },
    // AWS takes the ARN of a managed policy here; the simulator has none, so it takes the document itself.
    [`Put${kind}PermissionsBoundary`]: {
      parameters: [name, 'PolicyDocument'],
      run(call) {
        find(call).boundary = identityPolicy(call, 'PolicyDocument');
        return {};
      },
    },
    [`Delete${kind}PermissionsBoundary`]: {
      parameters: [name],
      run(call) {
        delete find(call).boundary;
        return {};
      },
    },
  };
}

/** Without a user's name the key is the caller's own, and the caller is the account's root user. */
function createAccessKey(call: IamCall): object {
  const user = call.input.UserName === undefined ? undefined : userOf(call);
  const key = {
    id: newIamId('AKIA', 16),
    secret: randomBytes(30).toString('base64'),
    accountId: call.account.id,
    owner: user ? { kind: 'user' as const, userName: user.name } : { kind: 'root' as const },
    active: true,
  };
  call.world.state.accessKeys[key.id] = key;
  return {
    AccessKey: { UserName: user?.name ?? '', AccessKeyId: key.id, SecretAccessKey: key.secret, Status: 'Active' },
  };
}

function updateAccessKey(call: IamCall): object {
  const { Status: status } = call.input;
  if (status !== 'Active' && status !== 'Inactive')
    throw new AwsError('ValidationError', 'Status is Active or Inactive.');
  accessKeyOf(call).active = status === 'Active';
  return {};
}

function deleteAccessKey(call: IamCall): object {
  delete call.world.state.accessKeys[accessKeyOf(call).id];
  return {};
}

function userOf({ account, input }: IamCall): User {
  const name = nameIn(input, 'UserName');
  const user = own(account.users, name);
  if (!user) throw missing(`The user with name ${name} cannot be found.`);
  return user;
}

function accessKeyOf({ world, account, input }: IamCall) {
  const id = nameIn(input, 'AccessKeyId');
  const key = own(world.state.accessKeys, id);
  if (!key || key.accountId !== account.id) throw missing(`The Access Key with id ${id} cannot be found.`);
  return key;
}

function trustPolicy({ world, account, input }: IamCall, parameter: string): StoredPolicy {
  return malformedAs(() => storePolicy(world, documentIn(input, parameter), 'trust', account.partition));
}

function identityPolicy({ input }: IamCall, parameter: string): string {
  const text = documentIn(input, parameter);
  malformedAs(() => parsePolicy(text, 'identity'));
  return text;
}

function malformedAs<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (error instanceof PolicyError) throw new AwsError('MalformedPolicyDocument', error.message);
    throw error;
  }
}

function requireNoPolicies(entity: Role | User): void {
  if (Object.keys(entity.inline).length === 0) return;
  throw new AwsError('DeleteConflict', 'Cannot delete entity, must delete policies first.', 409);
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html: it begins and ends with a slash. */
function pathIn({ Path: path = '/' }: IamCall['input']): string {
  if (typeof path === 'string' && path.length <= 512 && /^\/(?:[\x21-\x7e]+\/)?$/.test(path)) return path;
  throw new AwsError('ValidationError', 'Path must begin and end with a slash.');
}

/** Names are told apart by neither capitals nor path: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
function isTaken(entities: Readonly<Record<string, unknown>>, name: string): boolean {
  return Object.keys(entities).some((one) => one.toLowerCase() === name.toLowerCase());
}

function documentIn(input: IamCall['input'], parameter: string): string {
  const value = input[parameter];
  if (typeof value !== 'string' || value === '')
    throw new AwsError('ValidationError', `${parameter} must be a policy document.`);
  return value;
}

function exists(message: string): AwsError {
  return new AwsError('EntityAlreadyExists', message, 409);
}
