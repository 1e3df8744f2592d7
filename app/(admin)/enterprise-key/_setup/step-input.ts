import type { SavedSelection } from '../_shared/apps-choice/apps-selection.ts';

/** What each step saves: the contract of the operation that saves a step. What a provider's own form has, its rules read again. */
export type StepInput =
  | { step: 'provider' | 'prepare' | 'connect' | 'test'; values: object }
  | { step: 'date'; values: { choice: 'now' } | { choice: 'at'; localDateTime: string; timeZone: string } }
  | { step: 'apps'; values: SavedSelection };

export type SaveStepInput = StepInput & { keyId: string; revision: number };
