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
        hint="The key policy demands it as encryption context: keyward:tenant."
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
    hint: 'No other role of ours can assume yours. If we recreate ours, you save this policy again.',
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
    hint: 'It lets nobody else in. If you recreate the role, save the key policy again.',
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
