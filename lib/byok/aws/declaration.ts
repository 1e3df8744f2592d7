import type { ProviderDeclaration } from '../provider-rules.ts';
import type { AwsMessageCode } from './messages/aws-message.ts';

/** What AWS KMS can do, and the ways in which we are let in. */
export const awsDeclaration = {
  name: 'Amazon Web Services (AWS)',
  keyType: 'AWS KMS Symmetric',
  words: {
    service: 'AWS',
    yourPlace: 'your AWS account',
    prepare: 'Prepare AWS',
    chooseLocation: 'Choose the AWS region of the key.',
    ifOutageStays: 'look at the AWS Health Dashboard for the key’s region',
    log: 'CloudTrail',
    requestId: 'AWS request ID',
    vendorDenied: 'does not let our service role assume customers’ roles',
    deletion:
      'AWS waits 7 to 30 days before it deletes; until then you can cancel, after that nothing opens what lies under it.',
  },
  ownDenialsLabel: 'aws/label-cloudtrail' satisfies AwsMessageCode,
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
      hint: 'We assume a role in your account with your external ID. No secret is stored.',
      binding: 'external-id',
      secret: false,
    },
    {
      id: 'access-key',
      name: 'Access Key',
      recommended: false,
      hint: 'We sign in as an IAM user of yours. Its secret is stored encrypted and has to be replaced by you.',
      binding: 'secret',
      secret: true,
    },
  ],
} as const satisfies ProviderDeclaration;
