import { awsSettings } from './aws/settings.ts';

/** What an installation sets for each provider, by the name in the environment: a line each. */
export const providerSettings = { ...awsSettings };
