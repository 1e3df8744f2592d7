import type { FindingCode } from './finding-words.ts';

/**
 * `refused`: AWS does not save the policy. `fails`: Keyward cannot work. `open`: anybody is let in. `wide`: it allows more than
 * it should. `risk`: it may not work, which depends on something that the text does not tell.
 */
export type Severity = 'refused' | 'fails' | 'open' | 'wide' | 'risk';

export type FindingWords = { severity: Severity; title: string; meaning: string; next: string };

/** One thing that was found, and where. What it means stands in `finding-words.ts`. */
export type Finding = {
  code: FindingCode;
  /** The statement's place, from 0; null where the policy as a whole is concerned. */
  statement: number | null;
  /** The element of the statement, or of the policy. */
  field: string | null;
  /** The very value, action or condition key. */
  detail?: string;
};
