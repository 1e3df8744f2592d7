/** What of a rotation belongs to one authentication mode. */
import type { ComponentProps, ReactNode } from 'react';
import type { Problem } from '#lib/byok/aws/connect-problems.ts';
import type { SecretNote } from '#lib/byok/key-views.ts';
import type { ReportView } from '#lib/byok/setup-views.ts';
import type { SetUpValues } from '../../_providers/provider-screens.ts';
import type { PolicyHelpWords } from '../../_shared/aws/policy-help-words.ts';
import type { SetUp } from '../../_shared/aws/set-up.ts';
import type { SecretField } from '../../_shared/connection/secret-field.tsx';
import type { ReadBack } from '../../_shared/connection/understood.tsx';
import type { RotationField, RotationGiven, RotationValues } from './rotation-input.ts';

/** What a rotation to these values changes; nothing of it where the same alias is to be looked at anew. */
export type Difference = { key: boolean; role: boolean; accessKey: boolean; region: boolean };

/** The secret that is kept, and the access key ID that it belongs to; empty where none is. */
export type StoredSecret = { storedFor: string; note: SecretNote | null };

type IdentityProps = {
  given: RotationValues;
  stored: StoredSecret;
  text: (
    name: Exclude<RotationField, 'region'>,
  ) => Omit<ComponentProps<typeof SecretField>, 'stored' | 'label' | 'hint'>;
};

type PoliciesOf = {
  setUp: SetUpValues;
  saved: RotationValues;
  given: RotationValues;
  report: ReportView | null;
  /** Of the role. */
  described: SetUp | null;
};

export interface RotationMode {
  /** In the order of the form. */
  readonly fields: readonly RotationField[];
  /** What the server is sent. */
  toPrepare(values: RotationValues): RotationGiven;
  /** As in the step AWS. `storedFor` is the access key ID whose secret is stored. */
  problems(given: RotationValues, more: { storedFor: string; vendorAccountId?: string }): Problem<RotationField>[];
  /** Above and below the field of the key: as whom it is used. */
  above?(given: IdentityProps): ReactNode;
  below?(given: IdentityProps): ReactNode;
  /** What was understood of the key. */
  readBack(given: RotationValues): ReadBack | null;
  /** The policies for what stands in the form; `missing` says what they wait for. */
  policies(of: PoliciesOf): { help: PolicyHelpWords | null; missing: string };
  /** What there is to rotate to, each in a line. */
  readonly ways: readonly { name: string; how: string }[];
  /** "a new role", where that is what changes. */
  newIdentity(changed: Difference): string | null;
}
