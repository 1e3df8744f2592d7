import { parseRoleArn } from '#lib/byok/aws/arn.ts';

/** The vendor's own account, whose role and keys are nobody's to give. */
export function vendorAccount(serviceRoleArn: string): { vendorAccountId?: string } {
  const role = parseRoleArn(serviceRoleArn);
  return role.ok ? { vendorAccountId: role.value.accountId } : {};
}
