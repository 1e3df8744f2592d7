'use client';

import { useState } from 'react';
import { RadioGroup } from '#components/form/radio-group.tsx';
import { TextareaField } from '#components/form/textarea-field.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import { Panel, PanelHeader } from '#components/ui/panel.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { PolicyChoices as Choices } from './use-policy-choices.ts';

/** Where the error summary leads. */
export const otherTenantsId = 'otherTenants';

type PolicyChoicesProps = { setup: SetupView; choices: Choices };

/** Whom the policies name and for which organisations: each choice with its consequence, in every policy at once. */
export function PolicyChoices({ setup, choices }: PolicyChoicesProps) {
  const { shape } = choices;
  const unusual =
    shape.trustPrincipal === 'account' || shape.keyPrincipal === 'account' || choices.otherTenants.trim() !== '';
  // Decided once: a choice must not fold the list of choices up.
  const [open] = useState(unusual);
  return (
    <Panel aria-labelledby="policy-choices">
      <PanelHeader
        description="Leave this as it is unless your rules want it otherwise. Every policy and file on this page follows."
        id="policy-choices"
        level={3}
        title="How the policies are written"
      />
      <details open={open}>
        <summary className="py-1 font-medium">{summaryOf(choices)}</summary>
        <div className="mt-3 grid gap-4.5">
          <RadioGroup
            legend="Trust policy names"
            name="trustPrincipal"
            onChange={(event) => choices.choose({ trustPrincipal: principalIn(event.currentTarget.value) })}
            options={trustOptions}
            value={shape.trustPrincipal}
          />
          <RadioGroup
            legend="Key policy names"
            name="keyPrincipal"
            onChange={(event) => choices.choose({ keyPrincipal: principalIn(event.currentTarget.value) })}
            options={keyOptions}
            value={shape.keyPrincipal}
          />
          <OtherTenants choices={choices} tenantId={setup.tenant.id} />
        </div>
      </details>
    </Panel>
  );
}

function OtherTenants({ choices, tenantId }: { choices: Choices; tenantId: string }) {
  const [left, setLeft] = useState(false);
  return (
    <>
      <CopyField
        hint="What the key policy demands as encryption context: keyward:tenant."
        label="Your organisation’s ID"
        value={tenantId}
      />
      <TextareaField
        error={left ? choices.problem : null}
        hint="Their IDs, one per line; each finds its own here. The key then serves their data too. Where they share this role, add their external IDs to its trust policy."
        id={otherTenantsId}
        label="Other organisations of yours that use this key"
        onBlur={() => setLeft(true)}
        onChange={(event) => choices.typeTenants(event.currentTarget.value)}
        optional
        spellCheck={false}
        value={choices.otherTenants}
      />
    </>
  );
}

const trustOptions = [
  {
    value: 'role',
    label: 'Our service role',
    hint: 'No other role of ours can assume yours. If we ever have to make ours anew, you save this policy once more.',
  },
  {
    value: 'account',
    label: 'Our whole account',
    hint: 'We decide which of our roles may assume yours; your external ID is demanded all the same.',
  },
] as const;

const keyOptions = [
  {
    value: 'role',
    label: 'Your role',
    hint: 'Nobody else is let in by it. If you make the role anew, save the key policy once more.',
  },
  {
    value: 'account',
    label: 'Your whole account',
    hint: 'Your account’s IAM policies decide who uses the key under our context; this role stays bound to it by the Deny.',
  },
] as const;

function principalIn(value: string): 'role' | 'account' {
  return value === 'account' ? 'account' : 'role';
}

function summaryOf({ shape }: Choices): string {
  const { trustPrincipal, keyPrincipal, otherTenants } = shape;
  const trust = trustPrincipal === 'account' ? 'our whole account' : 'our service role';
  const key = keyPrincipal === 'account' ? 'your whole account' : 'your role';
  const others = otherTenants.length;
  const tenants = others === 0 ? 'your organisation alone' : `your organisation and ${others} more`;
  return `They name ${trust} and ${key}, for ${tenants}`;
}
