import type { VersionUse } from '../provider-rules.ts';
import type { AwsConnection } from './connection.ts';
import type { StandingUse } from './standing-uses.ts';

/** Of all that is in use, what lies in AWS. */
export function standingUsesOf(
  uses: readonly VersionUse<{ provider: string; auth: { mode: string } }>[],
): StandingUse[] {
  return uses.filter(isOfAws).map(({ connection: { auth }, ours, pinnedKeyRef: keyArn, ...use }) => {
    const byRole = auth.mode === 'assume-role';
    return { ...use, keyArn, roleArn: byRole ? auth.roleArn : '', serviceRoleArn: byRole ? ours.identity : '' };
  });
}

function isOfAws(use: VersionUse<{ provider: string }>): use is VersionUse<AwsConnection> {
  return use.connection.provider === 'aws';
}
