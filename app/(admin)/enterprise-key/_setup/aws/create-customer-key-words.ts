import { awsAliasPrefix } from '#lib/byok/aws/created-key.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { Consequences } from '../../../../_shared/command/consequence-sheet.tsx';
import { modeWords } from '../../_shared/aws/mode-words.ts';

/** Why the key cannot be created now; null when it can. */
export function whyNotCreate({ report, creation }: SetupView, testing: boolean): string | null {
  if (testing) return 'Wait until the test has finished.';
  if (!report || report.stale)
    return 'Run Test Configuration first: the key is created once everything else has passed.';
  if (!report.passed)
    return 'The last test failed. Fix what it names first: the key is created once everything else has passed.';
  return creation?.state === 'looking'
    ? 'Keyward already asked AWS for a key and is looking for it. That can take up to ten minutes.'
    : null;
}

/** What Create Key in AWS brings about. https://aws.amazon.com/kms/pricing/ */
export function creationConsequences({ configuration, tenant }: SetupView): Consequences {
  const { region, authMode } = configuration;
  const { asker, knownAccount } = modeWords[authMode];
  const who = asker(configuration);
  const where = ['your account', knownAccount(configuration)].filter(Boolean).join(' ');
  return {
    points: [
      `AWS KMS creates one symmetric key in ${where}, in ${region}.`,
      'Nothing is encrypted under it until the full test passes and you proceed.',
      'Only you can delete it, in AWS. AWS charges you 1 USD a month for it.',
    ],
    details: [
      {
        label: 'Its policy',
        text: `Your account’s administrators keep full access. ${who.charAt(0).toUpperCase()}${who.slice(1)} may use it for ${tenant.name}’s data alone. For a quarter of an hour it may also set the key’s alias and policy.`,
      },
      {
        label: 'Can it be undone?',
        text: 'Keyward never deletes a key. You can, in AWS, which waits for 7 to 30 days.',
      },
    ],
  };
}

/** "alias/keyward-production", from what the enterprise key is called here. */
export function likelyAwsAlias(alias: string): string {
  const sound = alias
    .toLowerCase()
    .replace(/[^a-z0-9/_-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return sound === '' ? '' : `${awsAliasPrefix}${sound}`;
}
