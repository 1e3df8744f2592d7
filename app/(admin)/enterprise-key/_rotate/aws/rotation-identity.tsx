'use client';

import type { ComponentProps } from 'react';
import { TextField } from '#components/form/text-field.tsx';
import type { KeyPageView, SecretNote } from '#lib/byok/key-views.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import type { SetUpValues } from '../../_providers/provider-screens.ts';
import { accessKeyIdWords, secretWords } from '../../_shared/aws/access-key-words.tsx';
import { PolicyHelp } from '../../_shared/aws/policy-help.tsx';
import { rolePolicies, userPolicies } from '../../_shared/aws/policy-help-words.ts';
import type { SetUp } from '../../_shared/aws/set-up.ts';
import { describeUserSetUp } from '../../_shared/aws/user-set-up.ts';
import { SecretField } from '../../_shared/connection/secret-field.tsx';
import { preparedFor, type RotateTo, standingFor } from '../rotation-standing.ts';
import type { RotationValues } from './rotation-input.ts';

/** The secret that is kept, and the access key ID that it belongs to; empty where none is. */
export type StoredSecret = { storedFor: string; note: SecretNote | null };

/** Of what is prepared, else of what is active. */
export function storedSecret(view: KeyPageView, to: RotateTo): StoredSecret {
  const from = preparedFor(view, to) ?? standingFor(view, to);
  return from?.secret ? { storedFor: from.accessKeyId, note: from.secret } : { storedFor: '', note: null };
}

type FieldsProps = {
  given: RotationValues;
  stored: StoredSecret;
  text: (name: 'accessKeyId' | 'secret') => Omit<ComponentProps<typeof SecretField>, 'stored' | 'label' | 'hint'>;
};

/** Whom we come as, with an access key: another one of the same user, or of another who may use the key. */
export function AccessKeyFields({ given, stored, text }: FieldsProps) {
  return (
    <>
      <TextField {...text('accessKeyId')} {...accessKeyIdWords} />
      <SecretField
        {...text('secret')}
        {...secretWords}
        stored={given.accessKeyId.trim() === stored.storedFor ? stored.note : null}
      />
    </>
  );
}

type PoliciesProps = {
  setUp: SetUpValues;
  saved: RotationValues;
  given: RotationValues;
  report: ReportView | null;
  /** Of the role. */
  described: SetUp | null;
};

/** The policies for what stands in the form. */
export function RotationPolicies({ setUp, saved, given, report, described }: PoliciesProps) {
  const missing = 'Name a role and a region to see their policies.';
  if (given.mode === 'assume-role') return <PolicyHelp help={described && rolePolicies(described)} missing={missing} />;
  const configuration = { region: given.region, keyArn: saved.keyArn };
  const user = describeUserSetUp({ ...setUp, report, configuration }, given.keyArn);
  return <PolicyHelp help={user && userPolicies(user)} missing="Choose AWS Region first." />;
}
