import { accessKeyProblemsOf } from '#lib/byok/aws/connect-problems.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { accessKeyIdWords, secretWords } from '../../_shared/aws/access-key-words.tsx';
import { modeWords } from '../../_shared/aws/mode-words.ts';
import { userPolicies } from '../../_shared/aws/policy-help-words.ts';
import { describeKeyOfUser } from '../../_shared/aws/read-back.ts';
import { describeUserSetUp, type UserSetUp } from '../../_shared/aws/user-set-up.ts';
import { vendorAccount } from '../../_shared/aws/vendor-account.ts';
import type { AwsField, AwsMode } from './aws-mode.ts';
import { firstMessages } from './first-messages.ts';
import { userGuide } from './guide/user-guide.tsx';

/** An access key of a user of the customer's: whose it is AWS tells, so nothing but it and the key is asked for. */
export const accessKey: AwsMode<UserSetUp> = {
  question: {
    have: { label: 'I have access key and key already', hint: 'Paste three values, then test.' },
    'set-up': { label: 'Set them up with me', hint: 'Three steps, about 20 minutes.' },
  },
  parts: [
    {
      kind: 'text',
      name: 'accessKeyId',
      label: accessKeyIdWords.label,
      hint: () => accessKeyIdWords.hint,
    },
    {
      kind: 'secret',
      name: 'secret',
      ...secretWords,
      stored: (setup, given) => (given.accessKeyId.trim() === storedFor(setup) ? setup.configuration.secret : null),
    },
    {
      kind: 'text',
      name: 'keyArn',
      label: modeWords['access-key'].keyField,
      hint: ({ configuration: { region } }) => `KeyId: a key ID in ${region}, the key’s ARN, or an alias ARN.`,
      readBack: (text, { configuration }) => describeKeyOfUser(text, configuration.region),
    },
  ],
  asks: { have: ['region'], 'set-up': ['region'] },
  complete(typed, { configuration, tenant }) {
    return {
      region: typed.region ?? (configuration.region || tenant.homeRegion),
      accountId: configuration.accountId,
      roleName: configuration.roleName,
      roleArn: '',
      keyArn: typed.keyArn ?? configuration.keyArn,
      accessKeyId: typed.accessKeyId ?? configuration.accessKeyId,
      secret: typed.secret ?? '',
    };
  },
  problems({ given, createsKey }, setup, whole) {
    const { region, accessKeyId, secret, keyArn } = given;
    const chosen = { region, storedFor: storedFor(setup), createsKey, ...vendorAccount(setup.ourIdentity) };
    const entered = { accessKeyId: accessKeyId.trim(), secret: secret.trim(), keyArn: keyArn.trim() };
    const found: Partial<Record<AwsField, string>> = firstMessages(accessKeyProblemsOf(entered, chosen));
    if (whole) return found;
    return Object.fromEntries(Object.entries(found).filter(([field]) => given[field as AwsField].trim() !== ''));
  },
  savesParts: false,
  toInput({ given, createsKey }) {
    const { region, accessKeyId, secret, keyArn } = given;
    const values = {
      region,
      accessKeyId: accessKeyId.trim(),
      secret: secret.trim(),
      keyArn: keyArn.trim(),
      createsKey,
    };
    return { step: 'connect', values };
  },
  policies: (shown) => {
    const setUp = describeUserSetUp(shown);
    return setUp && userPolicies(setUp);
  },
  guide: userGuide,
};

/** The access key ID that the stored secret belongs to; empty where none is stored. */
function storedFor({ configuration: { accessKeyId, secret } }: SetupView): string {
  return secret ? accessKeyId : '';
}
