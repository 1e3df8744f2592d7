import type { ReactNode } from 'react';
import type { VerifiableStep } from '#lib/byok/aws/set-up-steps.ts';
import { accessKeyStepSchema } from '#lib/byok/aws/step-schemas.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { ConnectDescription } from '../../_providers/connect-description.ts';
import { accessKeyIdWords, secretWords } from '../../_shared/aws/access-key-words.tsx';
import { modeWords } from '../../_shared/aws/mode-words.ts';
import { PolicyHelp } from '../../_shared/aws/policy-help.tsx';
import { userPolicies } from '../../_shared/aws/policy-help-words.ts';
import { describeKeyOfUser } from '../../_shared/aws/read-back.ts';
import { describeUserSetUp, type UserSetUp } from '../../_shared/aws/user-set-up.ts';
import { vendorAccount } from '../../_shared/aws/vendor-account.ts';
import { isConnected } from './connected.ts';
import { CreateKeyChoice } from './create-key-choice.tsx';
import { DomainField } from './domain-field.tsx';
import type { GuideDescription } from './guide/guide-description.ts';
import { AccessKeyPart, KeyPart, UserPart } from './guide/user-parts.tsx';
import type { ProviderDescription } from './provider-description.ts';

const provider: ProviderDescription = {
  aboveRegion: ({ onRegion }) => <DomainField onRegion={onRegion} />,
};

const connect: ConnectDescription<'accessKeyId' | 'secret' | 'keyArn'> = {
  parts: [
    {
      kind: 'text',
      name: 'accessKeyId',
      label: accessKeyIdWords.label,
      hint: () => accessKeyIdWords.hint,
      saved: ({ configuration }) => configuration.accessKeyId,
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
      hint: ({ configuration: { region } }) =>
        `KeyId: a key ID in ${region || 'the region that you chose'}, the key’s ARN, or an alias ARN.`,
      saved: ({ configuration }) => configuration.keyArn,
      readBack: (text, { configuration }) => describeKeyOfUser(text, configuration.region),
    },
    {
      kind: 'choice',
      name: 'createsKey',
      insteadOf: 'keyArn',
      field: modeWords['access-key'].keyField,
      saved: ({ configuration }) => configuration.createsKey,
      Choice: CreateKeyChoice,
    },
  ],
  schema: (setup, createsKey) => {
    const { region } = setup.configuration;
    return accessKeyStepSchema({
      region,
      storedFor: storedFor(setup),
      createsKey,
      ...vendorAccount(setup.ourIdentity),
    });
  },
  beside: (setup, given) => {
    const setUp = describeUserSetUp(setup, given.keyArn);
    return <PolicyHelp help={setUp && userPolicies(setUp)} missing="Choose a region in Provider first." />;
  },
};

const bodies: Partial<Record<VerifiableStep, ReactNode>> = {
  user: <p>Parts A and C: AWS tells whose the access key is.</p>,
  key: <p>Part B: the key is there, enabled, and for encryption and decryption.</p>,
  permission: (
    <p>The policy of part A, action by action. Encrypt and Decrypt are enough; of the others a denial is a warning.</p>
  ),
};

const guide: GuideDescription<UserSetUp> = {
  describe: (setup) => describeUserSetUp(setup),
  missing: 'First say which region the key is to be in.',
  saves: false,
  above: ({ setUp }) => (
    <>
      <UserPart setUp={setUp} />
      <KeyPart setUp={setUp} />
      <AccessKeyPart />
    </>
  ),
  checkable: false,
  narrows: false,
  pages: () => null,
  missingFor: (step, { configuration: { accessKeyId, hasSecret, keyArn } }) => {
    if (accessKeyId === '' || !hasSecret) return 'Enter the access key in Connect first.';
    return step === 'user' || keyArn !== '' ? null : 'Enter the key in Connect first.';
  },
  missingForAll: ({ configuration }) => (isConnected(configuration) ? null : 'Fill in Connect first.'),
  known: ({ setup }) => ({
    authMode: 'access-key',
    roleArn: '',
    keyArn: setup.configuration.keyArn,
    keyPrincipal: 'role',
  }),
  body: (step) => bodies[step] ?? null,
};

/** An access key of a user of the customer's: whose it is AWS tells, so nothing but it and the key is asked for. */
export const accessKey = { provider, guide, connect };

/** The access key ID that the stored secret belongs to; empty where none is stored. */
function storedFor({ configuration: { accessKeyId, secret } }: SetupView): string {
  return secret ? accessKeyId : '';
}
