'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { TextField } from '#components/form/text-field.tsx';
import { Panel } from '#components/ui/panel.tsx';
import { parseRoleArn } from '#lib/byok/aws/arn.ts';
import { accessKeyStepSchema, type AccessKeyStep as Values } from '#lib/byok/aws/step-schemas.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { formBehaviour } from '../../../../_shared/form/beside-fields.ts';
import { describeKeyOfUser } from '../../_shared/aws/read-back.ts';
import { UserPolicyHelp } from '../../_shared/aws/user-policy-help.tsx';
import { describeUserSetUp } from '../../_shared/aws/user-set-up.ts';
import { SecretField } from '../../_shared/connection/secret-field.tsx';
import { Understood } from '../../_shared/connection/understood.tsx';
import { StepFrame } from '../step-frame.tsx';
import { useSaveStep } from '../use-save-step.ts';
import { useStepForm } from '../use-step-form.ts';
import { CreateKeyChoice } from './create-key-choice.tsx';

const fields = ['accessKeyId', 'secret', 'keyArn'] as const;

/** Step 3 with an access key: whose it is AWS tells, so nothing but it and the key is asked for. */
export function ConnectAccessKey({ setup }: { setup: SetupView }) {
  const { region, keyArn, accessKeyId, secret } = setup.configuration;
  const [createsKey, setCreatesKey] = useState(setup.configuration.createsKey);
  const storedFor = secret ? accessKeyId : '';
  const vendor = parseRoleArn(setup.serviceRoleArn);
  const form = useForm<Values, unknown, Values>({
    resolver: zodResolver(
      accessKeyStepSchema({
        region,
        storedFor,
        createsKey,
        ...(vendor.ok ? { vendorAccountId: vendor.value.accountId } : {}),
      }),
    ),
    defaultValues: { keyArn, accessKeyId, secret: '' },
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
    // What is stored is stored: it does not stay in the page.
    kept: (values) => ({ ...values, secret: '' }),
  });
  const bind = (name: keyof Values) => ({
    id: name,
    error: errors[name]?.message,
    // What is pasted often brings a space or a line break along.
    ...form.register(name, { onBlur: () => form.setValue(name, form.getValues(name).trim()) }),
  });
  const given = form.watch(['keyArn', 'accessKeyId']);

  return (
    <StepFrame {...step}>
      <div className="grid items-start gap-x-4.5 xl:grid-cols-[minmax(0,1.2fr)_minmax(0,1fr)]">
        <Panel className="grid gap-4.5">
          <TextField
            {...bind('accessKeyId')}
            autoComplete="off"
            hint="ClientId. It begins with AKIA."
            label="Access Key ID"
            mono
            spellCheck={false}
          />
          <SecretField {...bind('secret')} stored={given[1].trim() === storedFor ? secret : null} />
          <TextField
            {...bind('keyArn')}
            after={<Understood facts={describeKeyOfUser(given[0], region)} />}
            autoComplete="off"
            hint={`KeyId: a key ID in ${region || 'the region that you chose'}, the key’s ARN, or an alias ARN.`}
            label="Key ID"
            mono
            spellCheck={false}
          />
          <CreateKeyChoice
            checked={createsKey}
            field="Key ID"
            named={given[0].trim() !== ''}
            onChange={(checked) => {
              setCreatesKey(checked);
              form.clearErrors('keyArn');
            }}
            setup={setup}
          />
        </Panel>
        <UserPolicyHelp setUp={describeUserSetUp(setup, given[0])} />
      </div>
    </StepFrame>
  );
}
