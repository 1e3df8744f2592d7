import type { SavedSelection } from '../_shared/apps-choice/apps-selection.ts';

export type DateInput = { choice: 'now' } | { choice: 'at'; localDateTime: string; timeZone: string };

/** What each step saves: the contract of the operation that saves a step. What a provider's own form has, its rules read again. */
export type StepInput =
  | { step: 'provider' | 'prepare' | 'connect' | 'test'; values: object }
  | { step: 'schedule'; values: { date: DateInput; apps: SavedSelection } };

export type SaveStepInput = StepInput & { keyId: string; revision: number };
