import { keyMetadata } from './kms/key-metadata.ts';
import { showPolicy } from './policy/stored-policy.ts';
import type { Partition } from './regions.ts';
import type { KmsKey, Role, User } from './world/types.ts';
import { findAccount, findKey, type World } from './world/world.ts';

export interface PolicyView {
  policyName: string;
  policyDocument: string;
}

export interface RoleView {
  roleName: string;
  roleArn: string;
  roleId: string;
  maxSessionDuration: number;
  trustPolicy: string;
  inlinePolicies: PolicyView[];
  permissionsBoundary?: string;
}

export interface UserView {
  userName: string;
  userArn: string;
  inlinePolicies: PolicyView[];
  permissionsBoundary?: string;
  accessKeys: { accessKeyId: string; status: 'Active' | 'Inactive' }[];
}

export interface KeyView {
  keyId: string;
  keyArn: string;
  region: string;
  keyState: string;
  aliases: string[];
  policy: string;
  rotationEnabled: boolean;
  /** KeyMetadata as DescribeKey gives it. */
  metadata: Record<string, unknown>;
}

/** What an administrator sees of an account: never a secret access key, a session token or key material. */
export interface AccountView {
  accountId: string;
  name: string;
  partition: Partition;
  roles: RoleView[];
  users: UserView[];
  keys: KeyView[];
}

/** Undefined for an account that nobody has created. */
export function viewAccount(world: World, accountId: string): AccountView | undefined {
  const account = findAccount(world, accountId);
  if (!account) return undefined;
  const keys = Object.values(world.state.keys)
    .filter((key) => key.accountId === accountId)
    .flatMap((key) => findKey(world, key.arn) ?? []);
  return {
    accountId,
    name: account.name,
    partition: account.partition ?? 'aws',
    roles: Object.values(account.roles).map((role) => viewRole(world, role)),
    users: Object.values(account.users).map((user) => viewUser(world, user)),
    keys: keys.map((key) => viewKey(world, key)),
  };
}

export function viewAllAccounts(world: World): AccountView[] {
  return Object.keys(world.state.accounts).flatMap((accountId) => viewAccount(world, accountId) ?? []);
}

function viewRole(world: World, role: Role): RoleView {
  return {
    roleName: role.name,
    roleArn: role.arn,
    roleId: role.id,
    maxSessionDuration: role.maxSessionSeconds,
    trustPolicy: showPolicy(world, role.trust),
    ...viewPolicies(role),
  };
}

function viewUser(world: World, user: User): UserView {
  const keys = Object.values(world.state.accessKeys).filter(
    ({ accountId, owner }) => accountId === user.accountId && owner.kind === 'user' && owner.userName === user.name,
  );
  return {
    userName: user.name,
    userArn: user.arn,
    ...viewPolicies(user),
    accessKeys: keys.map((key) => ({ accessKeyId: key.id, status: key.active ? 'Active' : 'Inactive' })),
  };
}

function viewKey(world: World, key: KmsKey): KeyView {
  const metadata = keyMetadata(key, world.clock());
  return {
    keyId: key.id,
    keyArn: key.arn,
    region: key.region,
    keyState: String(metadata.KeyState),
    aliases: Object.values(world.state.aliases)
      .filter((alias) => alias.targetKeyArn === key.arn)
      .map((alias) => alias.name),
    policy: showPolicy(world, key.policy),
    rotationEnabled: key.rotation.enabled,
    metadata,
  };
}

function viewPolicies(entity: Role | User): { inlinePolicies: PolicyView[]; permissionsBoundary?: string } {
  return {
    inlinePolicies: Object.entries(entity.inline).map(([policyName, policyDocument]) => ({
      policyName,
      policyDocument,
    })),
    ...(entity.boundary === undefined ? {} : { permissionsBoundary: entity.boundary }),
  };
}
