import type { FailedCall, LossCause } from '../loss-causes.ts';

/**
 * Which loss a denied call is, by the kind of policy that AWS names.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @returns undefined where it names none that we know
 */
export function lossByPolicy({ deniedBy, deniedExplicitly = false }: FailedCall): LossCause | undefined {
  switch (deniedBy) {
    case 'identity-policy':
      return deniedExplicitly ? 'denied-to-role' : 'permission-removed';
    case 'resource-policy':
      return deniedExplicitly ? 'context-refused' : 'key-policy-changed';
    case 'permissions-boundary':
    case 'organization-policy':
    case 'session-policy':
    case 'vpc-endpoint-policy':
      return deniedBy;
    default:
      return undefined;
  }
}
