/**
 * What was verified of a set-up, step by step, and what that still says. A step is verified or it is not; nobody ticks it. What was
 * verified holds for exactly what it was verified for: whoever changes one of these inputs has to verify again. Which steps there
 * are is the provider's to say.
 */
import { checkFindingSchema, type InWords, outcomes } from './test-report.ts';
import * as z from './zod-config.ts';

/** Of a check or an action that the provider declares. */
export type RowId = string;

/** `unknown`: the provider gives the same answer for several causes, so that nothing can be said of this step. */
export const rowOutcomes = [...outcomes, 'unknown'] as const;

const rowFindingSchema = checkFindingSchema.extend({ outcome: z.enum(rowOutcomes) });
/** A row as it comes from the provider and as it is stored. */
export type RowFinding = z.infer<typeof rowFindingSchema>;
export type RowOutcome = RowFinding['outcome'];
/** A row as it is shown. */
export type VerifiedRow = InWords<RowFinding>;

export type VerificationEvent<Row = VerifiedRow> =
  /** A row begins (`running`) or ends. */
  | { type: 'check'; result: Row }
  /** The provider has denied what may just have been given, and is asked again. Attempts count from 2. */
  | { type: 'waiting'; id: RowId; attempt: number }
  | { type: 'done'; status: StepStatus };

/** `partly`: all that the provider answers is right, and its answer leaves something open. `changed`: it was, for other inputs. */
export type StepStatus = 'open' | 'verified' | 'partly' | 'failed' | 'unknown' | 'changed';

const recordSchema = z.object({
  at: z.string(),
  by: z.string(),
  requestId: z.string(),
  /** `inputsOf` what it was verified for. */
  inputs: z.string(),
  /** As text: the database does not keep the order of a policy's parts, on which its marked lines count. */
  rows: z.string(),
});
export type StepRecord = { at: string; by: string; requestId: string; inputs: string; rows: RowFinding[] };

export type Checklist<Step extends string = string> = { steps: Partial<Record<Step, StepRecord>> };

/** What is stored of the steps that are known; a record of an older shape counts as none. */
export function readChecklist<Step extends string>(stored: unknown, known: readonly Step[]): Checklist<Step> {
  const given = partsOf(stored);
  const steps: Checklist<Step>['steps'] = {};
  for (const step of known) {
    const record = recordSchema.safeParse(given[step]);
    const rows = record.success ? readRows(record.data.rows) : null;
    if (record.success && rows) steps[step] = { ...record.data, rows };
  }
  return { steps };
}

/** What is stored beside the steps of a choice of the set-up, for the provider's rules to read; undefined where nothing is. */
export function readChoice(stored: unknown, name: string): unknown {
  return partsOf(stored)[name];
}

/** A choice's part of what is stored. */
export function putChoice(name: string, kept: unknown): Record<string, unknown> {
  return { [name]: kept };
}

/** One step's part of what is stored. */
export function storedRecord({ rows, ...record }: StepRecord): z.input<typeof recordSchema> {
  return { ...record, rows: JSON.stringify(rows) };
}

function partsOf(stored: unknown): Record<string, unknown> {
  const parts = z.record(z.string(), z.unknown()).safeParse(stored);
  return parts.success ? parts.data : {};
}

function readRows(text: string): RowFinding[] | null {
  try {
    const rows = z.array(rowFindingSchema).safeParse(JSON.parse(text));
    return rows.success ? rows.data : null;
  } catch {
    return null;
  }
}
