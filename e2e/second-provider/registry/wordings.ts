import { awsWords } from '#lib/byok/aws/words.ts';
import type { ProviderWording } from '#lib/byok/provider-rules.ts';
import { vaultRules } from '../rules/rules.ts';

export const providerWordings = { aws: awsWords, vault: vaultRules } satisfies Record<string, ProviderWording>;
