import { AwsError, unsupported } from './errors.ts';
import { callIam } from './iam.ts';
import { decide } from './policy/decide.ts';
import { type CallEnvironment, requestContext } from './policy/request-context.ts';
import type { Role } from './world/types.ts';
import { findAccount, findRole, partitionOf, type World } from './world/world.ts';

export interface IamWireCall {
  world: World;
  environment: CallEnvironment;
  /** The form fields of the query protocol. */
  input: Readonly<Record<string, string>>;
  /** The role that the call turned out to be about; the log of calls names it. */
  touched: Role[];
}

const API_VERSION = '2010-05-08';

/**
 * IAM as its clients speak it: the query protocol, by whoever signed, allowed by that caller's own policies. Of its
 * operations those that set up and read a role, which is what tools do that keep an account as it is written down.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html
 * @throws AwsError
 */
export function callIamOnWire(action: string, { world, environment, input, touched }: IamWireCall): object {
  const { Action: _, Version: version, ...fields } = input;
  if (version !== API_VERSION) throw new AwsError('InvalidAction', `Version must be ${API_VERSION}.`);
  if (!ON_THE_WIRE.has(action)) throw unsupported(`the IAM operation ${action} on the wire`);
  const { caller } = environment;
  const account = findAccount(world, caller.accountId);
  if (!account) throw new AwsError('InvalidClientTokenId', 'There is no such account.', 403);
  const before = fields.RoleName ? findRole(world, caller.accountId, fields.RoleName) : undefined;
  const resource = fields.RoleName
    ? `arn:${partitionOf(world, caller.accountId)}:iam::${caller.accountId}:role/${fields.RoleName}`
    : '*';
  const decision = decide(world, {
    caller,
    action: `iam:${action}`,
    resource,
    resourceAccountId: caller.accountId,
    context: requestContext(environment, caller.accountId, {}),
  });
  if (!decision.allowed) {
    const words = `User: ${caller.arn} is not authorized to perform: iam:${action} on resource: ${resource}`;
    throw new AwsError('AccessDenied', `${words} ${decision.reason}`, 403);
  }
  const answer = callIam(action, { world, account, input: members(fields) });
  const role = before ?? (fields.RoleName ? findRole(world, caller.accountId, fields.RoleName) : undefined);
  if (role) touched.push(role);
  return answer;
}

const ON_THE_WIRE: ReadonlySet<string> = new Set(
  'CreateRole GetRole DeleteRole ListRoles TagRole UntagRole UpdateRole UpdateAssumeRolePolicy PutRolePolicy GetRolePolicy DeleteRolePolicy ListRolePolicies ListAttachedRolePolicies ListInstanceProfilesForRole'.split(
    ' ',
  ),
);

/** Parameters that are numbers in IAM's own model. */
const NUMBERS: ReadonlySet<string> = new Set(['MaxSessionDuration', 'MaxItems']);

/**
 * The flat form fields as the structure that they stand for: `Tags.member.1.Key` is the Key of the first of Tags.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
function members(fields: Readonly<Record<string, string>>): Record<string, unknown> {
  const structure: Record<string, unknown> = {};
  const lists: Record<string, unknown[]> = {};
  for (const [field, value] of Object.entries(fields)) {
    const [, list, at, member] = /^(\w+)\.member\.(\d{1,3})(?:\.(\w+))?$/.exec(field) ?? [];
    if (list === undefined || at === undefined) {
      structure[field] = NUMBERS.has(field) ? Number(value) : value;
      continue;
    }
    lists[list] ??= [];
    const items = lists[list];
    const index = Number(at) - 1;
    items[index] = member === undefined ? value : { ...(items[index] as object | undefined), [member]: value };
  }
  return { ...structure, ...lists };
}
