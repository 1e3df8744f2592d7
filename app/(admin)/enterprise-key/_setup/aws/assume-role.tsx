import { isAccountId, roleArnOf } from '#lib/byok/aws/arn.ts';
import { isKnownRegion, partitionOf } from '#lib/byok/aws/regions.ts';
import { connectStepSchema } from '#lib/byok/aws/step-schemas.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { ConnectDescription } from '../../_providers/connect-description.ts';
import { modeWords } from '../../_shared/aws/mode-words.ts';
import { PolicyHelp } from '../../_shared/aws/policy-help.tsx';
import { rolePolicies } from '../../_shared/aws/policy-help-words.ts';
import { describeKeyReference, describeRoleReference } from '../../_shared/aws/read-back.ts';
import { describeSetUp, type SetUp } from '../../_shared/aws/set-up.ts';
import { vendorAccount } from '../../_shared/aws/vendor-account.ts';
import { isConnected } from './connected.ts';
import { CreateKeyChoice } from './create-key-choice.tsx';
import { KeyBody, KeyPolicyBody, PermissionBody, RoleBody } from './guide/checklist-bodies.tsx';
import { ChecklistExchange } from './guide/checklist-exchange.tsx';
import type { GuideDescription } from './guide/guide-description.ts';
import { PolicyChoices } from './guide/policy-choices.tsx';
import { Checker, HandOver, Progress, WaysToSetUp } from './guide/role-parts.tsx';
import type { ProviderDescription } from './provider-description.ts';
import { RoleFields } from './role-fields.tsx';
import { ServiceRoleNote } from './service-role-note.tsx';

const provider: ProviderDescription = {
  belowRegion: ({ setup, region, bind }) => (
    <>
      <ServiceRoleNote region={region} setup={setup} />
      <RoleFields bind={bind} />
    </>
  ),
};

const connect: ConnectDescription<'keyArn' | 'roleArn'> = {
  parts: [
    {
      kind: 'shown',
      name: 'externalId',
      label: 'Assume Role External ID',
      hint: 'Made by us for your organisation alone. Your role’s trust policy demands it.',
      value: ({ externalId }) => externalId,
    },
    {
      kind: 'text',
      name: 'keyArn',
      label: modeWords['assume-role'].keyField,
      hint: ({ configuration: { region } }) =>
        `The key’s ARN, an alias ARN, or a key ID in ${region || 'the region that you chose'}.`,
      saved: ({ configuration }) => configuration.keyArn,
      readBack: (text, { configuration }) => describeKeyReference(text, configuration),
    },
    {
      kind: 'choice',
      name: 'createsKey',
      insteadOf: 'keyArn',
      field: modeWords['assume-role'].keyField,
      saved: ({ configuration }) => configuration.createsKey,
      Choice: CreateKeyChoice,
    },
    {
      kind: 'text',
      name: 'roleArn',
      label: 'Role ARN',
      hint: () => 'Filled in from AWS Account ID and Role Name. Change it if your role has a path.',
      saved: (setup) => setup.configuration.roleArn || likelyRoleArn(setup),
      readBack: (text, { configuration }) => describeRoleReference(text, configuration.accountId),
    },
  ],
  schema: (setup, createsKey) => {
    const { region, accountId } = setup.configuration;
    return connectStepSchema({ region, accountId, createsKey, ...vendorAccount(setup.ourIdentity) });
  },
  beside: (setup, given) => {
    const setUp = describeSetUp(setup, given);
    return (
      <PolicyHelp help={setUp && rolePolicies(setUp, true)} missing="Choose account and region in Provider first." />
    );
  },
};

const bodies = { role: RoleBody, key: KeyBody, 'key-policy': KeyPolicyBody, permission: PermissionBody };

const guide: GuideDescription<SetUp> = {
  describe: (setup) => describeSetUp(setup),
  missing: 'First say which account and region the key is to be in.',
  saves: true,
  above: (given) => (
    <>
      <HandOver {...given} />
      <ChecklistExchange region={given.setUp.region} setup={given.saved} />
      <PolicyChoices choices={given.form.choices} setup={given.saved} />
      <WaysToSetUp {...given} />
      <Progress steps={given.saved.checklist.steps} />
    </>
  ),
  below: (given) => <Checker {...given} />,
  checkable: true,
  narrows: true,
  pages: ({ links }) => links,
  missingFor: (step, { configuration: { keyArn, createsKey } }) => {
    if (step === 'role' || keyArn.trim() !== '') return null;
    if (createsKey) return 'Verify this once Keyward has created the key.';
    return step === 'key' ? 'Paste its ARN below first.' : 'Paste the key’s ARN in step 2 first.';
  },
  missingForAll: ({ configuration }) => {
    const known = configuration.keyArn.trim() !== '' && configuration.roleArn.trim() !== '';
    return known || isConnected(configuration) ? null : 'Paste the key’s ARN in step 2 first.';
  },
  known: ({ setup, setUp }) => ({
    authMode: 'assume-role',
    roleArn: setUp.roleArn,
    keyArn: setup.configuration.keyArn,
    keyPrincipal: setUp.shape.keyPrincipal,
  }),
  body: (step, given) => {
    if (step === 'user') return null;
    const Body = bodies[step];
    return <Body {...given} />;
  },
};

/** A role of the customer's, which we assume with an external ID. */
export const assumeRole = { provider, guide, connect };

/** What the role's ARN is if it was made as the step before says. */
function likelyRoleArn({ configuration: { region, accountId, roleName } }: SetupView): string {
  if (!isKnownRegion(region) || !isAccountId(accountId) || roleName === '') return '';
  return roleArnOf(partitionOf(region), accountId, roleName);
}
