/** What of the step AWS belongs to one authentication mode, as data: the screen walks it. */
import type { ReactNode } from 'react';
import type { SecretNote } from '#lib/byok/key-views.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { PolicyHelpWords } from '../../_shared/aws/policy-help-words.ts';
import type { ReadBack } from '../../_shared/connection/understood.tsx';
import type { StepInput } from '../step-input.ts';
import type { GuideDescription } from './guide/guide-description.ts';
import type { PolicyChoices } from './guide/use-policy-choices.ts';

/** Where role and key are, then what connects them. Each is saved by its name, and has it as its ID on the screen. */
export const placeFields = ['region', 'accountId', 'roleName'] as const;
export type PlaceField = (typeof placeFields)[number];
export type AwsField = PlaceField | 'roleArn' | 'keyArn' | 'accessKeyId' | 'secret';
export type AwsGiven = Readonly<Record<AwsField, string>>;

/** Whether role and key are there already, or are set up here; null until that is answered. */
export const beginnings = ['have', 'set-up'] as const;
export type Beginning = (typeof beginnings)[number];

export type Entered = {
  given: AwsGiven;
  beginning: Beginning;
  createsKey: boolean;
  choices: Pick<PolicyChoices, 'shape'>;
};

/** What connects the key. `shown` is the set-up with what stands in the form. */
export type AwsPart =
  | { kind: 'shown'; name: string; label: string; hint: string; value: (shown: SetupView) => string }
  | {
      kind: 'text';
      name: 'roleArn' | 'keyArn' | 'accessKeyId';
      label: string;
      hint: (shown: SetupView) => string;
      /** What was understood of it, beneath it. */
      readBack?: (text: string, shown: SetupView) => ReadBack | null;
    }
  | {
      /** Write-only. */
      kind: 'secret';
      name: 'secret';
      label: string;
      hint: (stored: SecretNote | null) => ReactNode;
      /** What is stored for what stands in the form. */
      stored: (setup: SetupView, given: AwsGiven) => SecretNote | null;
    };

export interface AwsMode<S = unknown> {
  /** The question that the step begins with. */
  readonly question: Readonly<Record<Beginning, { label: string; hint: string }>>;
  /** What connects the key, in the order in which it is asked for. */
  readonly parts: readonly AwsPart[];
  /** What of the place is asked for; the rest is read from what connects it. */
  readonly asks: Readonly<Record<Beginning, readonly PlaceField[]>>;
  /** As typed, with what follows from it: what was read, or how it is usually called. */
  complete(typed: Partial<AwsGiven>, setup: SetupView, beginning: Beginning): AwsGiven;
  /** What is wrong with it, by field. `whole`: so is what is missing. */
  problems(entered: Entered, setup: SetupView, whole: boolean): Partial<Record<AwsField, string>>;
  /** Whether a part can be saved without the rest. */
  readonly savesParts: boolean;
  toInput(entered: Entered): StepInput;
  /** The policies for it, to compare with; null while what they are made of is missing. */
  policies(shown: SetupView): PolicyHelpWords | null;
  readonly guide: GuideDescription<S>;
}
