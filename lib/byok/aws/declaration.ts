import type { ProviderDeclaration } from '../provider-declaration.ts';

/** What AWS KMS can do, and the ways in which we are let in. */
export const awsDeclaration = {
  name: 'Amazon Web Services (AWS)',
  keyType: 'AWS KMS Symmetric',
  words: {
    service: 'AWS',
    yourPlace: 'your AWS account',
    ownPlace: 'your own AWS account',
    theirPlace: 'their AWS account',
    administrator: 'An AWS administrator',
    keyName: 'ARN',
    shortName: 'AWS',
    chooseLocation: 'Choose the AWS region of the key.',
    chooseKnown: 'Choose one of the AWS regions that Keyward knows.',
    ifOutageStays: 'check the AWS Health Dashboard for the key’s region',
    log: 'CloudTrail',
    requestId: 'AWS request ID',
    vendorDenied: 'does not let Keyward’s service role assume customers’ roles',
    calls: 'AWS KMS calls',
    cost: 'AWS cost',
    deletion:
      'AWS waits 7 to 30 days before it deletes the key. Until then, you can cancel. After that, the data under it is lost.',
  },
  price: {
    // https://aws.amazon.com/kms/pricing/: symmetric requests beyond the free tier.
    usdPerCall: 0.03 / 10_000,
    words:
      'AWS KMS charges 0.03 USD per 10,000 requests (aws.amazon.com/kms/pricing). The account that owns the key is billed.',
  },
  // A simulated AWS has a console of its own; AWS has one per partition (console-links.ts).
  console: { variable: 'KEYWARD_AWS_CONSOLE_URL', url: 'https://console.aws.amazon.com' },
  policyNames: { trust: 'trust policy', key: 'key policy', permission: 'permission policy' },
  history: {
    key: { given: 'keyArn', pinned: 'pinnedKeyArn' },
    operations: { 'note-policy-scope': 'Say which keys the IAM policy names' },
    sentences: {
      'note-policy-scope': {
        did: 'noted which keys the IAM policy of {key} names',
        tries: 'note which keys the IAM policy of {key} names',
      },
    },
    fields: {
      keyArn: 'Key ARN',
      pinnedKeyArn: 'Key it stands for',
      roleArn: 'Role ARN',
      accessKeyId: 'Access Key ID',
      secret: 'Secret access key',
    },
  },
  glossary: {
    CMK: {
      label: 'KMS keys, by AWS',
      href: 'https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html',
    },
    'data key': {
      label: 'Data keys, by AWS',
      href: 'https://docs.aws.amazon.com/kms/latest/developerguide/data-keys.html',
    },
    'external ID': {
      label: 'External IDs, by AWS',
      href: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html',
    },
    'envelope encryption': {
      label: 'Client-side encryption, by AWS',
      href: 'https://docs.aws.amazon.com/kms/latest/cryptographic-details/client-side-encryption.html',
    },
    'trust policy': {
      label: 'Roles and trust policies, by AWS',
      href: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html',
    },
    'key policy': {
      label: 'Key policies, by AWS',
      href: 'https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html',
    },
    'permission policy': {
      label: 'Policies and permissions, by AWS',
      href: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html',
    },
    'safe to retire': {
      label: 'Deleting KMS keys, by AWS',
      href: 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html',
    },
    rotate: {
      label: 'Rotating KMS keys manually, by AWS',
      href: 'https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys-manually.html',
    },
    'wrap, unwrap': {
      label: 'Cryptography of KMS, by AWS',
      href: 'https://docs.aws.amazon.com/kms/latest/developerguide/kms-cryptography.html',
    },
    revoked: {
      label: 'Enabling and disabling KMS keys, by AWS',
      href: 'https://docs.aws.amazon.com/kms/latest/developerguide/enabling-keys.html',
    },
  },
  aliasIn: (keyRef) => /:(alias\/.+)$/.exec(keyRef)?.[1],
  abilities: {
    aliases: true,
    dataKeyPairs: true,
    rotationStatus: true,
    labels: true,
    createsKeys: ['assume-role', 'access-key'],
  },
  authModes: [
    {
      id: 'assume-role',
      name: 'AWS Assume Role',
      recommended: true,
      hint: 'Keyward assumes a role in your account with your external ID. No secret is stored.',
      binding: 'external-id',
      secret: false,
    },
    {
      id: 'access-key',
      name: 'Access Key',
      recommended: false,
      hint: 'Keyward signs in as your IAM user. The secret is stored encrypted, and you have to replace it.',
      binding: 'secret',
      secret: true,
    },
  ],
} as const satisfies ProviderDeclaration;
