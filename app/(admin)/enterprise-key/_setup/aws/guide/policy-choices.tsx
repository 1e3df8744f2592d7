'use client';

import { useState } from 'react';
import { RadioGroup } from '#components/form/radio-group.tsx';
import { TextareaField } from '#components/form/textarea-field.tsx';
import { CopyField } from '#components/ui/copy-field.tsx';
import type { SetupView } from '#lib/byok/setup-views.ts';
import { type PolicyChoices as Choices, otherTenantsId } from './use-policy-choices.ts';

type PolicyChoicesProps = { setup: SetupView; choices: Choices };

/** Whom the policies name and for which organisations: each choice with its consequence, in every policy at once. */
export function PolicyChoices({ setup, choices }: PolicyChoicesProps) {
  const { shape } = choices;
  return (
    <div className="grid gap-4.5">
      <p className="text-ink-2">{summaryOf(choices)}</p>
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
  );
}

function OtherTenants({ choices, tenantId }: { choices: Choices; tenantId: string }) {
  const [left, setLeft] = useState(false);
  return (
    <>
      <CopyField
        hint="The key policy requires it as encryption context: keyward:tenant."
        label="Your organisation’s ID"
        value={tenantId}
      />
      <TextareaField
        error={left ? choices.problem : null}
        hint="Their IDs, one per line. Each organisation finds its own ID here. The key then also protects their data. If they share this role, add their external IDs to its trust policy."
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
    label: 'Keyward’s service role',
    hint: 'No other role of Keyward can assume yours. If Keyward’s role is recreated, save this policy again.',
  },
  {
    value: 'account',
    label: 'Keyward’s whole account',
    hint: 'The vendor decides which of its roles may assume yours. Your external ID is still required.',
  },
] as const;

const keyOptions = [
  {
    value: 'role',
    label: 'Your role',
    hint: 'It lets no one else in. If you recreate the role, save the key policy again.',
  },
  {
    value: 'account',
    label: 'Your whole account',
    hint: 'Your account’s IAM policies decide who uses the key under Keyward’s context. The Deny still binds this role to it.',
  },
] as const;

function principalIn(value: string): 'role' | 'account' {
  return value === 'account' ? 'account' : 'role';
}

function summaryOf({ shape }: Choices): string {
  const { trustPrincipal, keyPrincipal, otherTenants } = shape;
  const trust = trustPrincipal === 'account' ? 'Keyward’s whole account' : 'Keyward’s service role';
  const key = keyPrincipal === 'account' ? 'your whole account' : 'your role';
  const others = otherTenants.length;
  const tenants = others === 0 ? 'your organisation alone' : `your organisation and ${others} more`;
  return `They name ${trust} and ${key}, for ${tenants}`;
}
