/** What a customer who restricts by address needs: ours, and a statement that denies the role to all others. */

/**
 * For the permission policy of the customer's role. A denial, since an Allow with a condition demands nothing beside
 * another Allow. It holds nothing back that AWS does on our behalf: no call of ours is made by another AWS service.
 * https://docs.aws.amazon.com/kms/latest/developerguide/policy-conditions.html#conditions-aws-ip-address
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-sourceip
 */
export function sourceIpStatement(outgoingIps: readonly string[]): object {
  return {
    Sid: 'KeywardOnlyFromItsAddresses',
    Effect: 'Deny',
    Action: 'kms:*',
    Resource: '*',
    Condition: { NotIpAddress: { 'aws:SourceIp': [...outgoingIps] } },
  };
}
