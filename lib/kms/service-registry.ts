import { awsKeyService } from './aws/service.ts';

/** The services of the providers, each a folder of this one: what `keyServices` of key-service.ts is made of. */
export const registeredServices = { aws: awsKeyService };
