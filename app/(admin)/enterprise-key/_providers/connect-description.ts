/** What has to be entered to connect a key in one authentication mode, as data: `ServiceForm` walks it. */
import type { ReactNode } from 'react';
import type { SecretNote } from '#lib/byok/key-views.ts';
import type { SetupView } from '#lib/byok/setup-views.ts';
import type * as z from '#lib/byok/zod-config.ts';
import type { ReadBack } from '../_shared/connection/understood.tsx';

export interface ConnectDescription<Name extends string = string> {
  /** In the order in which they stand on the screen. */
  readonly parts: readonly ConnectPart<Name>[];
  /** What is saved, and what is wrong with it; it may come late. */
  schema(setup: SetupView): z.ZodObject | Promise<z.ZodObject>;
}

export type ConnectPart<Name extends string> = TextPart<Name> | SecretPart<Name>;

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
