import type { Sentences } from '../../messages/message.ts';

/** What a check is doing, while it does. */
export const doing = {
  'reading-arns': () => 'Reading the ARNs.',
  'reading-entered': () => 'Reading what was entered.',
  'comparing-regions': () => 'Comparing regions.',
  'calling-sts-and-kms': () => 'Calling STS and KMS.',
  'assuming-role': () => 'Assuming the role with your external ID.',
  'trying-to-assume-role': () =>
    'Trying to assume the role without your external ID and with a wrong one. AWS has to refuse both.',
  'looking-whether-it-applies': () => 'Checking whether it applies.',
  'asking-whose-access-key': () => 'Asking AWS who owns the access key.',
  'looking-at-key': () => 'Looking at the key.',
  'generating-data-key': () => 'Generating a data key.',
  'encrypting-and-decrypting': () => 'Encrypting test data and decrypting it.',
  'generating-data-key-pair': () => 'Generating a data key pair, if you asked for it.',
  'using-as-another-tenant': () => 'Trying to use the key on behalf of another tenant. AWS has to deny it.',
  'opening-data-keys': () => 'Unwrapping a data key of each version that data depends on.',
  'calling-action': ({ action }: { action: string }) => `Calling ${action}.`,
} satisfies Sentences;
