/**
 * What a user needs whose access key we come with: the same as a role's permission policy, or Encrypt and Decrypt alone, where
 * an organisation allows no more. Whom the key policy names is the user's ARN then.
 */
import { type PolicyDocument, permissionPolicy, tenantConditionKey } from './policies.ts';

/** Which key, where it is not known yet: the condition holds the user to our context on whichever key it is. */
export const anyKey = '*';

export function userPolicy(values: { keyArn: string | null; tenantId: string }): PolicyDocument {
  return permissionPolicy({ keyArn: values.keyArn ?? anyKey, tenantId: values.tenantId });
}

export function leastUserPolicy(values: { keyArn: string | null; tenantId: string }): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'KeywardUsesThisKey',
        Effect: 'Allow',
        Action: ['kms:Encrypt', 'kms:Decrypt'],
        Resource: values.keyArn ?? anyKey,
        Condition: { StringEquals: { [tenantConditionKey]: values.tenantId } },
      },
    ],
  };
}
