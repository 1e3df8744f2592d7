import type { Caller } from '../world/callers.ts';
import type { StoredPolicy } from '../world/types.ts';
import { findRole, findUser, type World } from '../world/world.ts';
import { conditionsHold, type RequestContext } from './conditions.ts';
import { type PolicyKind, parsePolicy, type Statement } from './document.ts';
import { matchesArnGlob, matchesGlob } from './glob.ts';
import { matchPrincipal, type PrincipalMatch } from './principals.ts';

export interface AuthorizationRequest {
  caller: Caller;
  /** As AWS spells it, for instance `kms:GenerateDataKey`. */
  action: string;
  /** The resource's ARN, or `*` for an action that has none. */
  resource: string;
  /** The account that owns the resource. */
  resourceAccountId: string;
  /** The key policy or trust policy. Without one, identity policies alone decide. */
  resourcePolicy?: { kind: 'key' | 'trust'; policy: StoredPolicy };
  context: RequestContext;
}

/** `reason` is the end of AWS's access denied message, from "because" or "with" on. */
export type Decision = { allowed: true } | { allowed: false; reason: string };

interface Layer {
  name: string;
  policies: Statement[][];
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html and, between accounts,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 * A key policy or trust policy has to allow in any case; what else has to depends on how it names the caller.
 */
export function decide(world: World, request: AuthorizationRequest): Decision {
  const { caller, resourcePolicy, action } = request;
  const { identity, limits, exists } = layersOf(world, caller);
  const organizations = organizationsOf(world, request);
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_disable-perms.html
  if (!exists) return denied(`because no identity-based policy allows the ${action} action`);
  for (const layer of [...organizations, identity, ...limits]) {
    if (layer.policies.some((statements) => has(statements, 'Deny', request))) {
      return denied(`with an explicit deny in ${article(layer.name)}`);
    }
  }
  const grant = resourcePolicy ? grantOf(resourcePolicy, request) : undefined;
  if (grant === 'denied') return denied('with an explicit deny in a resource-based policy');
  if (grant === 'none') return denied(`because no resource-based policy allows the ${action} action`);

  const sameAccount = caller.accountId === request.resourceAccountId;
  if (sameAccount && grant === 'session') return { allowed: true };
  const forbidding = organizations.find(
    ({ name, policies }) => name === serviceControl && !policies.some((one) => has(one, 'Allow', request)),
  );
  if (forbidding) return denied(`because no ${serviceControl} allows the ${action} action`);
  const identityNeeded = caller.kind !== 'root' && !(sameAccount && grant === 'entity');
  for (const layer of identityNeeded ? [identity, ...limits] : limits) {
    if (!layer.policies.some((statements) => has(statements, 'Allow', request))) {
      return denied(`because no ${layer.name} allows the ${action} action`);
    }
  }
  return { allowed: true };
}

const serviceControl = 'service control policy';

/**
 * Policies of organizations: the caller's limits what the caller may do, the resource's what may be done to the resource.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
function organizationsOf({ state }: World, { caller, resourceAccountId }: AuthorizationRequest): Layer[] {
  const service = state.accounts[caller.accountId]?.organization?.serviceControlPolicy;
  const resource = state.accounts[resourceAccountId]?.organization?.resourceControlPolicy;
  return [
    ...(service === undefined ? [] : [{ name: serviceControl, policies: [parsed(service, 'identity')] }]),
    ...(resource === undefined ? [] : [{ name: 'resource control policy', policies: [parsed(resource, 'identity')] }]),
  ];
}

/** The caller's own policies, and those that only limit it: permissions boundary and session policy, where it has them. */
function layersOf(world: World, caller: Caller): { identity: Layer; limits: Layer[]; exists: boolean } {
  const entity =
    caller.kind === 'role-session'
      ? findRole(world, caller.accountId, caller.roleName)
      : caller.kind === 'user'
        ? findUser(world, caller.accountId, caller.userName)
        : undefined;
  // A role made again under the same name is another one: sessions of the old one get none of its permissions.
  const current = entity?.id === caller.principalId ? entity : undefined;
  const limits: Layer[] = [];
  if (current?.boundary !== undefined) {
    limits.push({ name: 'permissions boundary', policies: [parsed(current.boundary, 'identity')] });
  }
  if (caller.kind === 'role-session' && caller.sessionPolicy !== undefined) {
    limits.push({ name: 'session policy', policies: [parsed(caller.sessionPolicy, 'session')] });
  }
  const inline = Object.values(current?.inline ?? {}).map((text) => parsed(text, 'identity'));
  return {
    identity: { name: 'identity-based policy', policies: inline },
    limits,
    exists: caller.kind === 'root' || current !== undefined,
  };
}

/** The most direct way in which the resource's policy allows the request. */
function grantOf(
  { kind, policy }: NonNullable<AuthorizationRequest['resourcePolicy']>,
  request: AuthorizationRequest,
): PrincipalMatch | 'denied' {
  const order: PrincipalMatch[] = ['none', 'account', 'entity', 'session'];
  let best: PrincipalMatch = 'none';
  for (const statement of parsed(policy.text, kind)) {
    if (!applies(statement, request)) continue;
    for (const principal of statement.principals) {
      const match = matchPrincipal(principal, policy, request.caller);
      if (match === 'none') continue;
      if (statement.effect === 'Deny') return 'denied';
      if (order.indexOf(match) > order.indexOf(best)) best = match;
    }
  }
  return best;
}

function has(statements: Statement[], effect: Statement['effect'], request: AuthorizationRequest): boolean {
  return statements.some((statement) => statement.effect === effect && applies(statement, request));
}

function applies({ actions, resources, conditions }: Statement, request: AuthorizationRequest): boolean {
  const action = request.action.toLowerCase();
  return (
    actions.patterns.some((pattern) => matchesGlob(pattern, action)) !== actions.inverted &&
    resources.patterns.some((pattern) => matchesResource(pattern, request.resource)) !== resources.inverted &&
    conditionsHold(conditions, request.context)
  );
}

/** An action that has no resource is allowed only by a statement about every resource. */
function matchesResource(pattern: string, resource: string): boolean {
  return resource === '*' ? pattern === '*' : matchesArnGlob(pattern, resource);
}

/** Every call is decided anew, but a policy's text is read once only. */
const PARSED = new Map<string, Statement[]>();
const MAX_PARSED = 1000;

function parsed(text: string, kind: PolicyKind): Statement[] {
  const name = `${kind} ${text}`;
  const known = PARSED.get(name);
  if (known) return known;
  if (PARSED.size >= MAX_PARSED) PARSED.clear();
  const statements = parsePolicy(text, kind);
  PARSED.set(name, statements);
  return statements;
}

function denied(reason: string): Decision {
  return { allowed: false, reason };
}

function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
