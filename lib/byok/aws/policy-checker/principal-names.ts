/**
 * Which principals AWS takes in a policy that names some. Why it refuses the others is said in words for a sentence like
 * “NAME: a wildcard is a part of it”.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
import { nameOfCharacter } from './characters.ts';
import { hasWildcard } from './patterns.ts';

/** Kinds of principal, as they are written. */
export const principalTypes: readonly string[] = ['AWS', 'Service', 'Federated', 'CanonicalUser'];

/** Undefined where AWS takes it. */
export function problemOfPrincipal(type: string, name: string): string | undefined {
  if (!principalTypes.includes(type)) {
    const meant = principalTypes.find((one) => one.toLowerCase() === type.trim().toLowerCase());
    return meant === undefined
      ? `“${type}” is not a kind of principal. Use one of ${principalTypes.join(', ')}`
      : `the kind of principal is written ${meant}`;
  }
  if (type === 'AWS') return problemOfAws(name);
  if (type === 'Service') return problemOfService(name);
  return undefined;
}

/** An ID that AWS shows in place of a role or user which is gone. */
export function isUniqueId(name: string): boolean {
  return /^A(?:RO|ID)A[A-Z0-9]{10,}$/.test(name);
}

function problemOfAws(name: string): string | undefined {
  if (name === '*' || /^\d{12}$/.test(name) || isUniqueId(name)) return undefined;
  const odd = problemOfText(name);
  if (odd !== undefined) return odd;
  if (!name.startsWith('arn:')) {
    if (/^[\d -]+$/.test(name)) return notTwelve;
    return 'a principal is an ARN, or the twelve digits of an account';
  }
  const [, partition = '', service = '', region, account = '', ...rest] = name.split(':');
  const resource = rest.join(':');
  if (!partitions.includes(partition)) return `“${partition}” is not an AWS partition`;
  if (service !== 'iam' && service !== 'sts') return 'a principal belongs to IAM or STS';
  if (region !== '') return 'between “iam” and the account there are two colons with nothing between them';
  if (!/^\d{12}$/.test(account)) return `“${account}”: ${notTwelve}`;
  if (hasWildcard(resource)) return wildcard;
  if (resource.startsWith('group/')) return 'a group is not a principal: it only gives its users permissions';
  const known =
    service === 'sts'
      ? /^(?:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+|federated-user\/\S+)$/
      : /^(?:root|(?:role|user)\/(?:[\x21-\x7e]+\/)?[\w+=,.@-]{1,64})$/;
  return known.test(resource) ? undefined : `“${resource}” is not an account, role, user or session`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html, with those that are closed to others. */
const partitions = ['aws', 'aws-cn', 'aws-us-gov', 'aws-eusc', ...['', '-b', '-e', '-f'].map((one) => `aws-iso${one}`)];

const wildcard = 'a wildcard cannot be part of a principal. Use a condition on aws:PrincipalArn';
const notTwelve = 'an account has only twelve digits';

function problemOfService(name: string): string | undefined {
  if (name.startsWith('arn:')) return 'an ARN is not a service principal. Use AWS for a role or user';
  if (hasWildcard(name)) return 'a wildcard cannot be part of a principal';
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|amazon\.com|aws\.internal)$/.test(name)
    ? undefined
    : 'a service is written like logs.amazonaws.com';
}

function problemOfText(name: string): string | undefined {
  const hidden = /[^\x21-\x7e]/u.exec(name)?.[0];
  if (hidden === ' ') return 'it contains a space';
  if (hidden !== undefined) return `it contains a character that no name has: ${nameOfCharacter(hidden)}`;
  if (/[<>{}$]|ACCOUNT|YOUR[-_]|REPLACE|EXAMPLE[-_]/i.test(name.split('/')[0] ?? '')) return placeholder;
  return /[<>{}$]/.test(name) ? placeholder : undefined;
}

const placeholder = 'it still contains a placeholder';
