/** AWS KMS as a provider: see ../key-service.ts. */
import { readKeyFacts } from '#lib/byok/key-facts.ts';
import type { KeyConnection, KeyService } from '../key-service.ts';
import { createAwsKeyCreator } from './key-creator.ts';
import { lookUpAlias } from './look-up-alias.ts';
import { type AwsAccess, createAwsProvider } from './provider.ts';
import { selfTestAws } from './self-test.ts';
import { verifyStepAws } from './verify-step.ts';
import { awsDenials } from './whose-denial.ts';

export const awsKeyService: KeyService = {
  connect(connection, options) {
    const { tenantId, region, pinnedKeyArn, generates } = connection;
    const facts = readKeyFacts(connection.facts);
    return createAwsProvider({
      tenantId,
      region,
      keyArn: pinnedKeyArn,
      generates,
      describes: facts === null || facts.origin !== null,
      access: accessOf(connection),
      ...options,
    });
  },
  denials: awsDenials,
  selfTest: selfTestAws,
  verifyStep: verifyStepAws,
  creator: createAwsKeyCreator,
  lookUpAlias(connection, aliasArn, options) {
    const { tenantId, region, pinnedKeyArn } = connection;
    return lookUpAlias({ tenantId, region, pinnedKeyArn, aliasArn, access: accessOf(connection), ...options });
  },
};

function accessOf({ authMode, roleArn, externalId, accessKeyId, secret }: KeyConnection): AwsAccess {
  switch (authMode) {
    case 'assume-role':
      return { mode: authMode, roleArn, externalId };
    case 'access-key':
      if (secret === undefined) throw new Error('an access key was to be used without its secret');
      return { mode: authMode, accessKeyId, secretAccessKey: secret };
  }
}
