import { describe, expect, it } from 'vitest';
import { arrange, document, sessionOf } from '../testing/policy-world.ts';
import { type Caller, callerOfSession } from '../world/callers.ts';
import type { Role } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { allow, type Case, deny, KEY, OWNER, PRINCIPAL, ROLE, ROOT, ROWS, to, USER } from './decide.cases.ts';
import { decide } from './decide.ts';
import { requestContext } from './request-context.ts';
import { storePolicy } from './stored-policy.ts';

describe('the decision about a request', () => {
  it.each(ROWS)('%s: %s', (_, __, allowed, request) => {
    const { world, caller } = arrange(request);
    expect(ask(world, caller, request).allowed).toBe(allowed);
  });

  it(`${PRINCIPAL}: a role deleted and made again is not the one that a key policy names`, () => {
    const { world } = arrange({ key: [] });
    const before = storePolicy(world, document([to({ AWS: ROLE })]), 'key');
    const role = world.state.accounts[OWNER]?.roles.App as Role;
    role.id = 'AROANEWNEWNEWNEWNEWNE';
    const caller = callerOfSession(sessionOf(role));
    const request = { caller, action: 'kms:Decrypt', resource: KEY, resourceAccountId: OWNER, context: new Map() };
    expect(decide(world, { ...request, resourcePolicy: { kind: 'key', policy: before } }).allowed).toBe(false);
    const after = storePolicy(world, document([to({ AWS: ROLE })]), 'key');
    expect(decide(world, { ...request, resourcePolicy: { kind: 'key', policy: after } }).allowed).toBe(true);
  });

  it('https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html: sessions of a deleted role may do nothing', () => {
    const request: Case = { identity: [allow()], key: [to({ AWS: ROLE }), to(ROOT)] };
    const { world, caller } = arrange(request);
    const policy = storePolicy(world, document(request.key), 'key');
    delete world.state.accounts[OWNER]?.roles.App;
    const decision = decide(world, {
      caller,
      action: 'kms:Decrypt',
      resource: KEY,
      resourceAccountId: OWNER,
      resourcePolicy: { kind: 'key', policy },
      context: new Map(),
    });
    expect(decision.allowed).toBe(false);
  });

  it.each<[string, Case]>([
    ['with an explicit deny in an identity-based policy', { identity: [deny()], key: [to({ AWS: ROLE })] }],
    ['with an explicit deny in a resource-based policy', { key: [to({ AWS: ROLE }, deny())] }],
    [
      'because no resource-based policy allows the kms:Decrypt action',
      { identity: [allow()], key: [to({ AWS: USER })] },
    ],
    ['because no identity-based policy allows the kms:Decrypt action', { key: [to(ROOT)] }],
    [
      'because no session policy allows the kms:Decrypt action',
      { identity: [allow()], session: allow('kms:Sign'), key: [to(ROOT)] },
    ],
    [
      'because no permissions boundary allows the kms:Decrypt action',
      { identity: [allow()], boundary: allow('kms:Sign'), key: [to(ROOT)] },
    ],
  ])('https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html: says %s', (reason, request) => {
    const { world, caller } = arrange(request);
    expect(ask(world, caller, request)).toEqual({ allowed: false, reason });
  });
});

function ask(world: World, caller: Caller, request: Case) {
  return decide(world, {
    caller,
    action: request.action ?? 'kms:Decrypt',
    resource: KEY,
    resourceAccountId: OWNER,
    resourcePolicy: { kind: 'key', policy: storePolicy(world, document(request.key), 'key') },
    context: requestContext(
      { caller, region: 'us-east-1', sourceIp: '127.0.0.1', userAgent: 'test', nowMs: world.clock() },
      OWNER,
      request.context ?? {},
    ),
  });
}
