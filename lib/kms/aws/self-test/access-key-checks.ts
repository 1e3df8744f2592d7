/**
 * What is different where we come with an access key of a user instead of by a role: there is no external ID and nobody who
 * could be confused, AWS tells whose the access key is, and the user may be allowed no more than Encrypt and Decrypt.
 */

import type { AwsCheckId } from '#lib/byok/aws/checks.ts';
import { awsMessage } from '#lib/byok/aws/messages/aws-message.ts';
import { accessKeyFormatCheck } from './access-key-format.ts';
import { identityCheck } from './access-key-identity.ts';
import { accessKeyDataKeyCheck, accessKeyKeyCheck } from './access-key-key.ts';
import type { Check } from './test-run.ts';

const noDeputy: Check = {
  doing: awsMessage('looking-whether-it-applies'),
  run: async () => ({
    outcome: 'skipped',
    summary: awsMessage('no-role-assumed'),
    details: [],
  }),
};

export const accessKeyChecks = {
  format: accessKeyFormatCheck,
  authentication: identityCheck,
  'confused-deputy': noDeputy,
  key: accessKeyKeyCheck,
  'data-key': accessKeyDataKeyCheck,
} as const satisfies Partial<Record<AwsCheckId, Check>>;
