/** For tests: what the vendor's own policies, or those of a customer's organization, let happen. */
import { VENDOR_ACCOUNT_ID, VENDOR_ROLE_NAME } from '../../../e2e/aws-simulator/world-defaults.ts';
import type { Customer } from './customer.ts';

type Sends = Pick<Customer, 'send'>;

/** What the vendor's service role may do: assume customers' roles as it should, nothing, or that within a boundary of KMS. */
export async function vendorMay(aws: Sends, what: 'assume' | 'nothing' | 'no-more-than-kms'): Promise<void> {
  const iam = (action: string, input: object) =>
    aws.send('POST', `accounts/${VENDOR_ACCOUNT_ID}/iam/${action}`, { RoleName: VENDOR_ROLE_NAME, ...input });
  const boundary = { PolicyDocument: JSON.stringify(allow(what === 'no-more-than-kms' ? 'kms:*' : '*')) };
  await iam('PutRolePermissionsBoundary', boundary);
  const PolicyDocument = JSON.stringify(allow(what === 'nothing' ? 'sts:GetCallerIdentity' : 'sts:AssumeRole'));
  await iam('PutRolePolicy', { PolicyName: 'AssumeCustomersRoles', PolicyDocument });
}

/** A resource control policy over the account that denies these actions to everybody; without any it is taken away. */
export async function organizationForbids(aws: Sends, accountId: string, actions: string[]): Promise<void> {
  const Statement = { Effect: 'Deny', Principal: '*', Action: actions, Resource: '*' };
  const resourceControlPolicy = { Version: '2012-10-17', Statement };
  await aws.send('PUT', `accounts/${accountId}/organization`, actions.length === 0 ? {} : { resourceControlPolicy });
}

function allow(Action: string): object {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
}
