/**
 * What a user needs whose access key we come with: the same as a role's permission policy, or Encrypt and Decrypt alone, where
 * an organisation allows no more. Whom the key policy names is the user's ARN then.
 */
import { type PolicyDocument, permissionPolicy, tenantConditionKey } from './policies.ts';

/** Which key, where it is not known yet: the condition holds the user to our context on whichever key it is. */
export const anyKey = '*';

type Values = { keyArn: string | null; alsoKeyArns?: readonly string[] | undefined; tenantId: string };

export function userPolicy(values: Values): PolicyDocument {
  return permissionPolicy({ ...values, ...keysOf(values) });
}

export function leastUserPolicy(values: Values): PolicyDocument {
  const { keyArn, alsoKeyArns } = keysOf(values);
  const keys = [...new Set([keyArn, ...alsoKeyArns])];
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'KeywardUsesThisKey',
        Effect: 'Allow',
        Action: ['kms:Encrypt', 'kms:Decrypt'],
        Resource: keys.length === 1 ? keyArn : keys,
        Condition: { StringEquals: { [tenantConditionKey]: values.tenantId } },
      },
    ],
  };
}

/** Every key is named by `*` already. */
function keysOf({ keyArn, alsoKeyArns = [] }: Values): { keyArn: string; alsoKeyArns: readonly string[] } {
  return keyArn === null ? { keyArn: anyKey, alsoKeyArns: [] } : { keyArn, alsoKeyArns };
}
