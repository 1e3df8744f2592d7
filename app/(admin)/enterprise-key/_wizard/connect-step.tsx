'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import type { ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { TextField } from '#components/form/text-field.tsx';
import { Callout } from '#components/ui/callout.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import { isAccountId, parseRoleArn, roleArnOf } from '#lib/byok/arn.ts';
import { connectStepSchema, type ConnectStep as Values } from '#lib/byok/key-configuration.ts';
import { isKnownRegion, partitionOf } from '#lib/byok/regions.ts';
import type { SetupView } from '#lib/byok/views.ts';
import { describeKeyReference, describeRoleReference, type ReadBack } from './read-back.ts';
import { describeSetUp } from './set-up.ts';
import { Policy } from './set-up-help.tsx';
import { StepFrame } from './step-frame.tsx';
import { useSaveStep } from './use-save-step.ts';
import { formBehaviour, useStepForm } from './use-step-form.ts';

const fields = ['keyArn', 'roleArn'] as const;

/** Step 3: which key, and by which role we reach it. The policies stand beside the form, complete as soon as it is. */
export function ConnectStep({ setup }: { setup: SetupView }) {
  const { region, accountId } = setup.configuration;
  const form = useForm<Values, unknown, Values>({
    resolver: zodResolver(connectStepSchema({ region, accountId, ...vendorAccount(setup) })),
    defaultValues: { keyArn: setup.configuration.keyArn, roleArn: setup.configuration.roleArn || likelyRoleArn(setup) },
    ...formBehaviour,
  });
  const { errors, isDirty } = form.formState;
  const saver = useSaveStep(setup, 'connect', isDirty ? 'ask' : 'free');
  const step = useStepForm(form, saver, { fields, toInput: (values) => ({ step: 'connect', values }) });
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
          <TextField
            {...bind('roleArn')}
            after={<Understood facts={describeRoleReference(given.roleArn, accountId)} />}
            hint="Filled in from AWS Account ID and Role Name. Change it if your role has a path."
            label="Role ARN"
          />
        </Panel>
        <SetUpHelp given={given} setup={setup} />
      </div>
    </StepFrame>
  );
}

/** What was read out of what was pasted, beneath the field, so that a slip is seen at once. */
function Understood({ facts }: { facts: ReadBack | null }) {
  if (!facts) return null;
  return (
    <div className="mt-1.5 text-[0.8125rem]">
      <dl className="flex flex-wrap gap-x-4 gap-y-0.5">
        {facts.parts.map(({ label, value }) => (
          <div className="flex min-w-0 gap-1.5" key={label}>
            <dt className="text-ink-2">{label}</dt>
            <dd className="min-w-0 break-all font-medium">{value}</dd>
          </div>
        ))}
      </dl>
      {facts.note ? <p className="mt-0.5 text-warn">{facts.note}</p> : null}
    </div>
  );
}

function SetUpHelp({ setup, given }: { setup: SetupView; given: Values }) {
  const setUp = describeSetUp(setup, given);
  if (!setUp) return <Callout title="Choose account and region in Provider first." tone="warn" />;
  const { policies, links } = setUp;
  return (
    <Panel aria-labelledby="set-up-help">
      <PanelHeader
        description="With your own values in them: nothing is left to replace."
        id="set-up-help"
        level={3}
        title="Policies for this role and key"
      />
      <div className="grid gap-2.5">
        <Help open title="Permission policy of the role">
          {policies.permission ? (
            <Policy
              document={policies.permission}
              link={{ href: links.role, words: 'Open this role in AWS' }}
              name="permission policy"
            />
          ) : (
            <p className="text-ink-2">Complete as soon as the key’s ARN stands in Provider ARN.</p>
          )}
        </Help>
        <Help title="Trust policy of the role">
          <Policy
            document={policies.trust}
            link={{ href: links.role, words: 'Open this role in AWS' }}
            name="trust policy"
          />
        </Help>
        <Help title="Key policy">
          <Policy
            document={policies.key}
            link={links.key ? { href: links.key, words: 'Open this key in AWS' } : null}
            name="key policy"
          />
        </Help>
      </div>
    </Panel>
  );
}

function Help({ title, open = false, children }: { title: string; open?: boolean; children: ReactNode }) {
  return (
    <details className="min-w-0" open={open}>
      <summary className="py-1 font-medium">{title}</summary>
      <div className="mt-1.5">{children}</div>
    </details>
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
