/** AWS KMS as a provider: see ../key-service.ts. */
import { parseKeyArn } from '#lib/byok/aws/arn.ts';
import type { AwsConnection, AwsDraft } from '#lib/byok/aws/connection.ts';
import { isVerifiable } from '#lib/byok/aws/set-up-steps.ts';
import { standingUsesOf } from '#lib/byok/aws/standing-uses-of.ts';
import { readKeyFacts } from '#lib/byok/key-facts.ts';
import type { KeyConnection, KeyService, TestOptions } from '../key-service.ts';
import { serviceRoleProblems } from './check-service-role.ts';
import { createAwsKeyCreator } from './key-creator.ts';
import { ourIdentities, ourIdentity } from './our-identity.ts';
import { type AwsAccess, createAwsProvider } from './provider.ts';
import { resolveAlias } from './resolve-alias.ts';
import type { SelfTestOptions } from './self-test/test-run.ts';
import { selfTestAws } from './self-test.ts';
import { createVendorKmsProvider } from './vendor-kms.ts';
import { verifyStepAws } from './verify-step.ts';
import { awsDenials } from './whose-denial.ts';

export const awsKeyService: KeyService<AwsDraft, AwsConnection> = {
  ourIdentity,
  ourIdentities,
  identityProblems: serviceRoleProblems,
  vendorKey: { isNamed: (keyRef) => parseKeyArn(keyRef).ok, connect: createVendorKmsProvider },
  connect(given, options) {
    const { tenantId, pinnedKeyRef, generates, connection } = given;
    const facts = readKeyFacts(given.facts);
    return createAwsProvider({
      tenantId,
      region: connection.key.region,
      keyArn: pinnedKeyRef,
      generates,
      describes: facts === null || facts.described,
      access: accessOf(given),
      ...options,
    });
  },
  denials: awsDenials,
  selfTest: (options) => selfTestAws(testOf(options)),
  verifyStep({ step, ...options }) {
    if (!isVerifiable(step)) throw new Error(`the set-up guide has no step ${step}`);
    return verifyStepAws({ ...testOf(options), step });
  },
  creator: createAwsKeyCreator,
  resolveAlias(given, aliasArn, options) {
    const { tenantId, pinnedKeyRef: pinnedKeyArn, connection } = given;
    const { region } = connection.key;
    return resolveAlias({ tenantId, region, pinnedKeyArn, aliasArn, access: accessOf(given), ...options });
  },
};

function accessOf({ connection: { auth }, externalId, secret }: KeyConnection<AwsConnection>): AwsAccess {
  if (auth.mode === 'assume-role') return { mode: auth.mode, roleArn: auth.roleArn, externalId };
  if (secret === undefined) throw new Error('an access key was to be used without its secret');
  return { mode: auth.mode, accessKeyId: auth.accessKeyId, secretAccessKey: secret };
}

function testOf({ draft, secret, ours, inUse, ...options }: TestOptions<AwsDraft>): SelfTestOptions {
  return {
    ...options,
    configuration: draft,
    ...(secret === undefined ? {} : { secretAccessKey: secret }),
    serviceRoleArn: ours.identity,
    vendorAccountId: ours.account,
    inUse: inUse && standingUsesOf(inUse),
  };
}
