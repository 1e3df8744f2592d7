import type { Partition } from '../regions.ts';
import type { AccessKey, Role, Session } from './types.ts';
import { findAccount, findRole, findUser, type World } from './world.ts';

/**
 * Who makes a request. `arn` is what GetCallerIdentity and CloudTrail show; `principalId` is the unique ID of the user or
 * role that policies are matched by (the account's number for its root user).
 */
export type Caller =
  | { kind: 'root'; accountId: string; arn: string; principalId: string; userId: string; accessKeyId?: string }
  | {
      kind: 'user';
      accountId: string;
      arn: string;
      principalId: string;
      userId: string;
      userName: string;
      accessKeyId: string;
    }
  | {
      kind: 'role-session';
      accountId: string;
      arn: string;
      roleArn: string;
      principalId: string;
      userId: string;
      roleName: string;
      sessionName: string;
      accessKeyId: string;
      issuedAt?: number;
      sessionPolicy?: string;
    };

/** The account's own administrator: who acts on the customer's page. */
export function rootCaller(accountId: string, partition: Partition = 'aws'): Caller {
  const arn = `arn:${partition}:iam::${accountId}:root`;
  return { kind: 'root', accountId, arn, principalId: accountId, userId: accountId };
}

/** Undefined where the user or role behind the access key is gone. */
export function callerOfAccessKey(world: World, key: AccessKey): Caller | undefined {
  const { accountId, owner } = key;
  if (owner.kind === 'user') {
    const user = findUser(world, accountId, owner.userName);
    return (
      user && {
        kind: 'user',
        accountId,
        arn: user.arn,
        principalId: user.id,
        userId: user.id,
        userName: user.name,
        accessKeyId: key.id,
      }
    );
  }
  if (owner.kind === 'root') {
    const { partition } = findAccount(world, accountId) ?? {};
    return { ...rootCaller(accountId, partition), accessKeyId: key.id };
  }
  const role = findRole(world, accountId, owner.roleName);
  return role && roleSession(role, owner.sessionName, key.id);
}

/** A session whose role was deleted stays a caller: it authenticates, and no policy is left that would allow it anything. */
export function callerOfSession(session: Session): Caller {
  const { accountId, roleName: name, roleId: id, partition = 'aws' } = session;
  const role = { accountId, name, id, arn: session.roleArn ?? `arn:${partition}:iam::${accountId}:role/${name}` };
  return roleSession(role, session.sessionName, session.accessKeyId, {
    issuedAt: session.issuedAt,
    ...(session.policy === undefined ? {} : { sessionPolicy: session.policy }),
  });
}

function roleSession(
  role: Pick<Role, 'accountId' | 'name' | 'id' | 'arn'>,
  sessionName: string,
  accessKeyId: string,
  rest: { issuedAt?: number; sessionPolicy?: string } = {},
): Caller {
  return {
    kind: 'role-session',
    accountId: role.accountId,
    arn: sessionArn(role, sessionName),
    roleArn: role.arn,
    principalId: role.id,
    userId: `${role.id}:${sessionName}`,
    roleName: role.name,
    sessionName,
    accessKeyId,
    ...rest,
  };
}

/** How GetCallerIdentity and CloudTrail show a session of a role. */
export function sessionArn(
  { arn, accountId, name }: Pick<Role, 'arn' | 'accountId' | 'name'>,
  session: string,
): string {
  return `arn:${arn.split(':')[1]}:sts::${accountId}:assumed-role/${name}/${session}`;
}
