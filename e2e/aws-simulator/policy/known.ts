/** What the simulator knows of AWS's policy vocabulary. A policy that uses anything else is refused when it is saved. */

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html */
const KMS_ACTIONS = [
  'CancelKeyDeletion',
  'ConnectCustomKeyStore',
  'CreateAlias',
  'CreateCustomKeyStore',
  'CreateGrant',
  'CreateKey',
  'Decrypt',
  'DeleteAlias',
  'DeleteCustomKeyStore',
  'DeleteImportedKeyMaterial',
  'DeriveSharedSecret',
  'DescribeCustomKeyStores',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'DisconnectCustomKeyStore',
  'EnableKey',
  'EnableKeyRotation',
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateMac',
  'GenerateRandom',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'GetParametersForImport',
  'GetPublicKey',
  'ImportKeyMaterial',
  'ListAliases',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListKeys',
  'ListResourceTags',
  'ListRetirableGrants',
  'PutKeyPolicy',
  'ReEncryptFrom',
  'ReEncryptTo',
  'ReplicateKey',
  'RetireGrant',
  'RevokeGrant',
  'RotateKeyOnDemand',
  'ScheduleKeyDeletion',
  'Sign',
  'SynchronizeMultiRegionKey',
  'TagResource',
  'UntagResource',
  'UpdateAlias',
  'UpdateCustomKeyStore',
  'UpdateKeyDescription',
  'UpdatePrimaryRegion',
  'Verify',
  'VerifyMac',
];

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html */
const STS_ACTIONS = [
  'AssumeRole',
  'AssumeRoleWithSAML',
  'AssumeRoleWithWebIdentity',
  'AssumeRoot',
  'DecodeAuthorizationMessage',
  'GetAccessKeyInfo',
  'GetCallerIdentity',
  'GetFederationToken',
  'GetServiceBearerToken',
  'GetSessionToken',
  'SetContext',
  'SetSourceIdentity',
  'TagSession',
];

/** Lower case, because action names are not case-sensitive. */
export const KNOWN_ACTIONS: readonly string[] = [
  ...KMS_ACTIONS.map((name) => `kms:${name.toLowerCase()}`),
  ...STS_ACTIONS.map((name) => `sts:${name.toLowerCase()}`),
];

/** Whether a condition key has one value in a request or a set of them. */
export type Cardinality = 'single' | 'multi';

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
const CONDITION_KEYS: Readonly<Record<string, Cardinality>> = {
  'aws:currenttime': 'single',
  'aws:epochtime': 'single',
  'aws:multifactorauthpresent': 'single',
  'aws:principalaccount': 'single',
  'aws:principalarn': 'single',
  // No account here is in an organization, and no call comes through an endpoint: known, and always absent.
  'aws:principalorgid': 'single',
  'aws:sourcevpc': 'single',
  'aws:sourcevpce': 'single',
  'aws:principalisawsservice': 'single',
  'aws:principaltype': 'single',
  'aws:requestedregion': 'single',
  'aws:resourceaccount': 'single',
  'aws:securetransport': 'single',
  'aws:sourceip': 'single',
  'aws:tokenissuetime': 'single',
  'aws:useragent': 'single',
  'aws:userid': 'single',
  'aws:username': 'single',
  'aws:viaawsservice': 'single',
  'kms:bypasspolicylockoutsafetycheck': 'single',
  'kms:calleraccount': 'single',
  'kms:encryptionalgorithm': 'single',
  'kms:encryptioncontextkeys': 'multi',
  'kms:keyorigin': 'single',
  'kms:keyspec': 'single',
  'kms:keyusage': 'single',
  'kms:multiregion': 'single',
  'kms:requestalias': 'single',
  'kms:resourcealiases': 'multi',
  'kms:schedulekeydeletionpendingwindowindays': 'single',
  // No AWS service calls on anybody's behalf here, so this key is known and always absent.
  'kms:viaservice': 'single',
  'sts:externalid': 'single',
  'sts:rolesessionname': 'single',
  'sts:sourceidentity': 'single',
};

export const ENCRYPTION_CONTEXT_PREFIX = 'kms:encryptioncontext:';
/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requesttag */
const REQUEST_TAG_PREFIX = 'aws:requesttag/';

/** Undefined for a condition key that the simulator does not know. Names of condition keys are not case-sensitive. */
export function cardinalityOf(conditionKey: string): Cardinality | undefined {
  const key = conditionKey.toLowerCase();
  for (const prefix of [ENCRYPTION_CONTEXT_PREFIX, REQUEST_TAG_PREFIX])
    if (key.startsWith(prefix) && key.length > prefix.length) return 'single';
  return Object.hasOwn(CONDITION_KEYS, key) ? CONDITION_KEYS[key] : undefined;
}
