import { awsRules } from '#lib/byok/aws/rules.ts';
import type { ProviderRules } from '#lib/byok/provider-rules.ts';
import { vaultRules } from '../rules/rules.ts';

export const providerRules = { aws: awsRules, vault: vaultRules } satisfies Record<string, ProviderRules>;
