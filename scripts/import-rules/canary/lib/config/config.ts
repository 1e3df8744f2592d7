import { provider } from '../kms/provider.ts'; // one-way-config-byok
export const config = provider;
