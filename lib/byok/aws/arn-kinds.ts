/** What somebody pasted in the place of a key's or a role's ARN, in words. */

/** https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html */
export function reservedRole(resource: string): string {
  const whose = resource.startsWith('role/aws-reserved/sso.amazonaws.com/')
    ? 'This is a role that IAM Identity Center manages for people who sign in (AWSReservedSSO)'
    : 'This is a role that AWS reserves for itself';
  return `${whose}; its trust policy can’t be changed. Create a role of your own and paste its ARN.`;
}

/** Such a session's role is reserved as well, so it is of no use to paste that one in its place. */
export function isReservedSession(service: string, resource: string): boolean {
  return service === 'sts' && resource.startsWith('assumed-role/AWSReservedSSO_');
}

/** What somebody pasted instead, in words: IAM and STS kinds by their resource, everything else by its service. */
export function kindOf(service: string, resource: string): string {
  const kind = resource.split('/')[0];
  if (service === 'kms') return kind === 'alias' ? 'an alias ARN' : 'a key ARN';
  if (isReservedSession(service, resource))
    return 'a session of a person who signed in through IAM Identity Center (AWSReservedSSO)';
  if (service === 'sts')
    return kind === 'assumed-role' ? 'the ARN of a session of a role (assumed-role)' : 'the ARN of a temporary session';
  if (service === 'iam') {
    if (resource.startsWith('role/aws-service-role/'))
      return 'a service-linked role, which only its AWS service can assume';
    if (resource.startsWith('role/aws-reserved/sso.amazonaws.com/')) return 'a role of IAM Identity Center';
    if (kind === 'role') return 'a role ARN';
    if (kind === 'user') return 'a user ARN';
    if (kind === 'root') return 'the ARN of a whole account (root)';
    if (kind === 'policy') return 'a policy ARN';
    if (kind === 'group') return 'a group ARN';
    return 'another IAM ARN';
  }
  return `an ARN of the service “${short(service)}”`;
}

/** As much of what was pasted as is worth repeating. */
export function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
