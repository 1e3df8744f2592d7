/**
 * What a provider has to offer so that its keys can be set up, looked at and rotated here: its own screens, and what of its own is
 * shown on the screens of all. Three parts, so that a page loads only those of its own.
 */
import type { ComponentType, ReactNode } from 'react';
import type { Role } from '#lib/byok/account-views.ts';
import type { KeyPageView, VersionView } from '#lib/byok/key-views.ts';
import type { AuthModeId, ProviderId } from '#lib/byok/providers.ts';
import type { HandOverView, SetupView } from '#lib/byok/setup-views.ts';

export type SetUpValues = Pick<
  SetupView,
  'tenant' | 'externalId' | 'ourIdentity' | 'ourIdentities' | 'consoleUrl' | 'inUse'
>;

export type RotateScreenProps = {
  view: KeyPageView;
  /** What it is rotated to. */
  to: { provider: ProviderId; authMode: AuthModeId };
  setUp: SetUpValues;
  role: Role;
  /** What is active, to stand beside the form. */
  active: ReactNode;
};

/** A line of a list of facts; an empty value is one that was not given. */
export type ShownFact = { label: string; value: string; mono?: boolean };

type SetUpScreen = ComponentType<{ setup: SetupView }>;

/** For the wizard, and what is handed over from it. */
export interface SetUpScreens {
  /** Step 1, below the choice of the type. */
  readonly Provider: SetUpScreen;
  /** Step 2, named after the provider: what to set up there, and what connects it. */
  readonly Service: SetUpScreen;
  readonly Test: SetUpScreen;
  /** At the top of the review: what is still to be done there. */
  readonly Reminder?: SetUpScreen;
  /** By the step that asks for them. */
  reviewFacts(setup: SetupView): { provider: ShownFact[]; service: ShownFact[] };
  /** The hand-over, Markdown. */
  handOver(view: HandOverView): Promise<string>;
}

/** For the page of a key. */
export interface KeyScreens {
  /** What a key in use is reminded of. */
  readonly Reminder?: ComponentType<{ view: KeyPageView; role: Role; onNoted: () => void }>;
  /** Where the key is, under which name, and as whom it is reached. `location` stands before the region rule. */
  connection(view: KeyPageView): { location: ShownFact; key: ShownFact; identity: ShownFact[] };
  /** Which key a version is, in half a sentence: short enough to be recognised by, not to be copied. */
  whereKeyIs?(version: VersionView): string;
  /** As whom a version is reached. */
  versionIdentity(version: VersionView): ShownFact;
}

/** For Rotate Key. */
export interface RotationScreens {
  readonly Rotate: ComponentType<RotateScreenProps>;
  /** What there is to rotate to, each in a line. */
  ways(authMode: AuthModeId): readonly { name: string; how: string }[];
  active(standing: NonNullable<KeyPageView['standing']>): ShownFact[];
}
