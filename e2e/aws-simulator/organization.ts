import { AwsError } from './errors.ts';
import { parsePolicy } from './policy/document.ts';
import { findAccount, type World } from './world/world.ts';

type Policy = { Statement?: unknown };

/**
 * What an organization lays upon an account: `serviceControlPolicy`, `resourceControlPolicy`, each a JSON object; without them
 * nothing. A resource control policy has the principal `*` and nothing else, so it is kept without one.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_syntax.html
 * @throws AwsError where there is no such account, or a policy cannot be read
 */
export function setOrganization(world: World, accountId: string, body: Readonly<Record<string, unknown>>): void {
  const account = findAccount(world, accountId);
  if (!account) throw new AwsError('NoSuchEntity', `There is no account ${accountId} yet.`, 404);
  const { serviceControlPolicy: service, resourceControlPolicy: resource } = body;
  account.organization = {
    ...(service === undefined ? {} : { serviceControlPolicy: kept(service) }),
    ...(resource === undefined ? {} : { resourceControlPolicy: kept(withoutPrincipal(resource as Policy)) }),
  };
  world.changed();
}

function kept(policy: unknown): string {
  const text = JSON.stringify(policy);
  parsePolicy(text, 'identity');
  return text;
}

function withoutPrincipal(policy: Policy): Policy {
  const Statement = [policy.Statement].flat().map((statement) => {
    const { Principal, ...rest } = statement as { Principal?: unknown };
    if (Principal !== '*')
      throw new AwsError('MalformedPolicyDocument', 'A resource control policy is for Principal *.');
    return rest;
  });
  return { ...policy, Statement };
}
