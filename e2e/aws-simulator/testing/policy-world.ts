import type { Case } from '../policy/decide.cases.ts';
import { OTHER, OWNER } from '../policy/decide.cases.ts';
import { type Caller, callerOfSession, rootCaller } from '../world/callers.ts';
import type { Role, Session, User } from '../world/types.ts';
import { createWorld, type World } from '../world/world.ts';

/** Two accounts with a role App each and a user Ann in the first; the caller gets the policies of the case. */
export function arrange(request: Case): { world: World; caller: Caller } {
  const world = createWorld({ clock: () => 1_800_000_000_000 });
  for (const accountId of [OWNER, OTHER]) {
    const role: Role = {
      name: 'App',
      id: `AROA${accountId}APPAP`,
      arn: `arn:aws:iam::${accountId}:role/App`,
      accountId,
      trust: { text: '{}', principalIds: {} },
      inline: {},
      maxSessionSeconds: 3600,
    };
    const user: User = {
      name: 'Ann',
      id: `AIDA${accountId}ANNAN`,
      arn: `arn:aws:iam::${accountId}:user/Ann`,
      accountId,
      inline: {},
    };
    world.state.accounts[accountId] = { id: accountId, name: accountId, roles: { App: role }, users: { Ann: user } };
  }
  const { by = 'role' } = request;
  const account = world.state.accounts[by.startsWith('other') ? OTHER : OWNER];
  const entity = (by === 'user' ? account?.users.Ann : account?.roles.App) as Role;
  if (request.identity) entity.inline.test = document(request.identity);
  if (request.boundary) entity.boundary = document([request.boundary]);
  return { world, caller: callerFor(by, entity, request.session) };
}

function callerFor(by: NonNullable<Case['by']>, entity: Role, session: object | undefined): Caller {
  if (by === 'root') return rootCaller(OWNER);
  if (by === 'other-root') return rootCaller(OTHER);
  if (by === 'user') {
    const { accountId, arn, id, name } = entity;
    return { kind: 'user', accountId, arn, principalId: id, userId: id, userName: name, accessKeyId: 'AKIA' };
  }
  return callerOfSession({ ...sessionOf(entity), ...(session ? { policy: document([session]) } : {}) });
}

export function sessionOf(role: Role): Session {
  return {
    accessKeyId: 'ASIA',
    secret: '',
    token: '',
    issuedAt: 0,
    expiresAt: Number.MAX_SAFE_INTEGER,
    accountId: role.accountId,
    roleName: role.name,
    roleId: role.id,
    sessionName: 's1',
  };
}

export function document(statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
