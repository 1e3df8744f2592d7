import { AwsError } from './errors.ts';
import { type IamCall, missing, nameIn, type Operation, roleOf } from './iam-call.ts';
import { showPolicy } from './policy/stored-policy.ts';
import type { Role } from './world/types.ts';
import { own } from './world/world.ts';

/**
 * A role as IAM describes it, its trust policy as the URL-encoded text that AWS gives.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Role.html
 */
export function showRole({ world }: IamCall, role: Role): object {
  const { name, id, arn, trust, maxSessionSeconds, description, createdAt, tags = {} } = role;
  return {
    Path: /:role(\/(?:.*\/)?)[^/]*$/.exec(arn)?.[1] ?? '/',
    RoleName: name,
    RoleId: id,
    Arn: arn,
    CreateDate: new Date(createdAt ?? 0).toISOString().replace(/\.\d+/, ''),
    AssumeRolePolicyDocument: encodeURIComponent(showPolicy(world, trust)),
    MaxSessionDuration: maxSessionSeconds,
    ...(description === undefined ? {} : { Description: description }),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

/** What lists, describes and labels roles. https://docs.aws.amazon.com/IAM/latest/APIReference/API_Operations.html */
export const ROLE_READING: Readonly<Record<string, Operation>> = {
  ListRoles: {
    parameters: ['PathPrefix', 'MaxItems'],
    run: (call) => ({
      Roles: Object.values(call.account.roles).map((role) => showRole(call, role)),
      IsTruncated: false,
    }),
  },
  UpdateRole: {
    parameters: ['RoleName', 'Description', 'MaxSessionDuration'],
    run(call) {
      const role = roleOf(call);
      const { Description: description, MaxSessionDuration: seconds } = call.input;
      if (typeof description === 'string') role.description = description;
      if (typeof seconds === 'number') role.maxSessionSeconds = seconds;
      return {};
    },
  },
  TagRole: {
    parameters: ['RoleName', 'Tags'],
    run(call) {
      const role = roleOf(call);
      role.tags = { ...role.tags, ...tagsIn(call.input) };
      return {};
    },
  },
  UntagRole: {
    parameters: ['RoleName', 'TagKeys'],
    run(call) {
      const role = roleOf(call);
      const gone = new Set(call.input.TagKeys as string[]);
      role.tags = Object.fromEntries(Object.entries(role.tags ?? {}).filter(([key]) => !gone.has(key)));
      return {};
    },
  },
  GetRolePolicy: {
    parameters: ['RoleName', 'PolicyName'],
    run(call) {
      const RoleName = roleOf(call).name;
      const PolicyName = nameIn(call.input, 'PolicyName');
      const text = own(roleOf(call).inline, PolicyName);
      if (text === undefined) throw missing(`The role policy with name ${PolicyName} cannot be found.`);
      return { RoleName, PolicyName, PolicyDocument: encodeURIComponent(text) };
    },
  },
  ListRolePolicies: {
    parameters: ['RoleName', 'MaxItems'],
    run: (call) => ({ PolicyNames: Object.keys(roleOf(call).inline), IsTruncated: false }),
  },
  // There are no managed policies and no instances here.
  ListAttachedRolePolicies: {
    parameters: ['RoleName', 'MaxItems'],
    run: (call) => none(roleOf(call), 'AttachedPolicies'),
  },
  ListInstanceProfilesForRole: {
    parameters: ['RoleName', 'MaxItems'],
    run: (call) => none(roleOf(call), 'InstanceProfiles'),
  },
};

/** Of a role that is there. */
function none(_: Role, list: string): object {
  return { [list]: [], IsTruncated: false };
}

/** @throws AwsError where a tag is none */
export function tagsIn(input: IamCall['input']): Record<string, string> {
  const tags = (input.Tags ?? []) as { Key?: unknown; Value?: unknown }[];
  return Object.fromEntries(
    tags.map(({ Key, Value = '' }) => {
      // https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
      if (typeof Key !== 'string' || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(Key))
        throw new AwsError('ValidationError', 'A tag key has 1 to 128 letters, digits, spaces or any of _.:/=+-@');
      if (typeof Value !== 'string' || !/^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(Value))
        throw new AwsError('ValidationError', 'A tag value has up to 256 letters, digits, spaces or any of _.:/=+-@');
      return [Key, Value];
    }),
  );
}
