/** What the step Connect asks for in one authentication mode, as data: the screen walks it. */
import type { ComponentType, ReactNode } from 'react';
import type { SecretNote } from '#lib/byok/key-views.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type { z } from '#lib/byok/zod-config.ts';
import type { ReadBack } from '../_shared/connection/understood.tsx';

export interface ConnectDescription<Name extends string = string> {
  /** In the order in which they stand on the screen. */
  readonly parts: readonly ConnectPart<Name>[];
  /** What is saved, and what is wrong with it. `chosen`: the checkbox among the parts is ticked. */
  schema(setup: SetupView, chosen: boolean): z.ZodObject;
  /** Stands beside the form, and follows it. */
  beside?(setup: SetupView, given: Record<Name, string>): ReactNode;
}

export type ConnectPart<Name extends string> = ShownPart | TextPart<Name> | SecretPart<Name> | ChoicePart<Name>;

/** A value of ours, to be copied. */
type ShownPart = { kind: 'shown'; name: string; label: string; hint: string; value: (setup: SetupView) => string };

/** A field; its id is its name. */
type TextPart<Name> = {
  kind: 'text';
  name: Name;
  label: string;
  hint?: (setup: SetupView) => string;
  saved: (setup: SetupView) => string;
  /** What was understood of it, beneath it. */
  readBack?: (text: string, setup: SetupView) => ReadBack | null;
};

/** Write-only. */
type SecretPart<Name extends string> = {
  kind: 'secret';
  name: Name;
  label: string;
  hint: (stored: SecretNote | null) => ReactNode;
  /** What is stored for what stands in the form. */
  stored(setup: SetupView, given: Record<Name, string>): SecretNote | null;
};

/** A checkbox in place of what the field `insteadOf` asks for. Saved by its name, beside the fields. */
type ChoicePart<Name> = {
  kind: 'choice';
  name: string;
  insteadOf: Name;
  field: string;
  saved: (setup: SetupView) => boolean;
  Choice: ComponentType<ChoiceProps>;
};

export type ChoiceProps = {
  setup: SetupView;
  field: string;
  /** Something stands in that field. */
  named: boolean;
  checked: boolean;
  onChange: (checked: boolean) => void;
};
