'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { TextField } from '#components/form/text-field.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { isAccountId, parseRoleArn, roleArnOf } from '#lib/byok/aws/arn.ts';
import { isKnownRegion, partitionOf } from '#lib/byok/aws/regions.ts';
import { connectStepSchema, type ConnectStep as Values } from '#lib/byok/aws/step-schemas.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { formBehaviour } from '../../../../_shared/form/beside-fields.ts';
import { PolicyHelp } from '../../_shared/aws/policy-help.tsx';
import { describeKeyReference, describeRoleReference } from '../../_shared/aws/read-back.ts';
import { describeSetUp } from '../../_shared/aws/set-up.ts';
import { Understood } from '../../_shared/connection/understood.tsx';
import { StepFrame } from '../step-frame.tsx';
import { useSaveStep } from '../use-save-step.ts';
import { useStepForm } from '../use-step-form.ts';
import { CreateKeyChoice } from './create-key-choice.tsx';

const fields = ['keyArn', 'roleArn'] as const;

/** Step 3: which key, and by which role we reach it. The policies stand beside the form, complete as soon as it is. */
export function ConnectStep({ setup }: { setup: SetupView }) {
  const { region, accountId } = setup.configuration;
  const [createsKey, setCreatesKey] = useState(setup.configuration.createsKey);
  const form = useForm<Values, unknown, Values>({
    resolver: zodResolver(connectStepSchema({ region, accountId, createsKey, ...vendorAccount(setup) })),
    defaultValues: { keyArn: setup.configuration.keyArn, roleArn: setup.configuration.roleArn || likelyRoleArn(setup) },
    ...formBehaviour,
  });
  const { errors, isDirty } = form.formState;
  const saver = useSaveStep(
    setup,
    'connect',
    isDirty || createsKey !== setup.configuration.createsKey ? 'ask' : 'free',
  );
  const step = useStepForm(form, saver, {
    fields,
    toInput: (values) => ({ step: 'connect', values: { ...values, createsKey } }),
  });
  const bind = (name: keyof Values) => ({
    id: name,
    error: errors[name]?.message,
    autoComplete: 'off',
    mono: true,
    spellCheck: false,
    // What is pasted often brings a space or a line break along.
    ...form.register(name, { onBlur: () => form.setValue(name, form.getValues(name).trim()) }),
  });
  const given = form.watch();

  return (
    <StepFrame {...step}>
      <div className="grid items-start gap-x-4.5 xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
        <Panel className="grid gap-4.5">
          <CopyField
            hint="Made by us for your organisation alone. Your role’s trust policy demands it."
            label="Assume Role External ID"
            name="externalId"
            value={setup.externalId}
          />
          <TextField
            {...bind('keyArn')}
            after={<Understood facts={describeKeyReference(given.keyArn, { region, accountId })} />}
            hint={`The key’s ARN, an alias ARN, or a key ID in ${region || 'the region that you chose'}.`}
            label="Provider ARN"
          />
          <CreateKeyChoice
            checked={createsKey}
            field="Provider ARN"
            named={given.keyArn.trim() !== ''}
            onChange={(checked) => {
              setCreatesKey(checked);
              form.clearErrors('keyArn');
            }}
            setup={setup}
          />
          <TextField
            {...bind('roleArn')}
            after={<Understood facts={describeRoleReference(given.roleArn, accountId)} />}
            hint="Filled in from AWS Account ID and Role Name. Change it if your role has a path."
            label="Role ARN"
          />
        </Panel>
        <PolicyHelp open missing="Choose account and region in Provider first." setUp={describeSetUp(setup, given)} />
      </div>
    </StepFrame>
  );
}

/** What the role's ARN is if it was made as the step before says. */
function likelyRoleArn({ configuration: { region, accountId, roleName } }: SetupView): string {
  if (!isKnownRegion(region) || !isAccountId(accountId) || roleName === '') return '';
  return roleArnOf(partitionOf(region), accountId, roleName);
}

/** The vendor's own account, whose role and keys are nobody's to give. */
function vendorAccount({ serviceRoleArn }: SetupView): { vendorAccountId?: string } {
  const role = parseRoleArn(serviceRoleArn);
  return role.ok ? { vendorAccountId: role.value.accountId } : {};
}
