import { awsDeclaration } from './aws/declaration.ts';
import type { ProviderDeclaration } from './provider-declaration.ts';

/** What each provider declares of itself, apart from its rules: a page that only names it loads no more. In the order of the registry. */
export const providerDeclarations = { aws: awsDeclaration } satisfies Record<string, ProviderDeclaration>;
