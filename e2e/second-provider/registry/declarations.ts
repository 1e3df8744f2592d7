import { awsDeclaration } from '#lib/byok/aws/declaration.ts';
import type { ProviderDeclaration } from '#lib/byok/provider-declaration.ts';
import { vaultDeclaration } from '../rules/declaration.ts';

export const providerDeclarations = { aws: awsDeclaration, vault: vaultDeclaration } satisfies Record<
  string,
  ProviderDeclaration
>;
