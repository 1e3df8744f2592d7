import type { FindingCode } from './finding-words.ts';

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
