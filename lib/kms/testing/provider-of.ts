import { policyText } from '#lib/byok/aws/policies.ts';
import { type AwsProviderOptions, createAwsProvider } from '../aws/provider.ts';
import { type Customer, externalId, region, tenantId } from './customer.ts';

/** For tests: a provider for the customer's key, unless something else is asked for. */
export function providerOf(customer: Customer, more: Partial<AwsProviderOptions> = {}) {
  const { roleArn, keyArn } = customer;
  const access = { mode: 'assume-role', roleArn, externalId } as const;
  return createAwsProvider({ tenantId, access, region, keyArn, revision: 'version-1', ...more });
}

/** One more key of the customer's, under the policy that Keyward shows; its ARN. */
export async function createKey(customer: Customer): Promise<string> {
  const made = await customer.kms('CreateKey', { Policy: policyText(customer.policies.key) });
  return String((made.KeyMetadata as { Arn: string }).Arn);
}
