import { awsKeyService } from '#lib/kms/aws/service.ts';
import { vaultKeyService } from '../kms/service.ts';

export const registeredServices = { aws: awsKeyService, vault: vaultKeyService };
