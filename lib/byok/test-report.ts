/**
 * The report of Test Configuration: which checks there are, in which order, how each can end, and when the whole has
 * passed. What the provider finds travels row by row, and into the stored report, as codes; the operation that answers makes the words.
 */
import type { KeyFacts } from './key-facts.ts';
import { messageSchema, type Say, said } from './messages/message.ts';
import { actionOutcomes } from './permissions.ts';
import * as z from './zod-config.ts';

/** Of a check that its provider declares: byok/checks.ts. */
export type CheckId = string;

/** How a check ends. `skipped`: does not apply; `not-run`: a check that it depends on has failed. */
export const finalOutcomes = ['passed', 'failed', 'warning', 'skipped', 'not-run'] as const;
export const outcomes = [...finalOutcomes, 'running', 'waiting'] as const;
export type FinalOutcome = (typeof finalOutcomes)[number];
export type Outcome = (typeof outcomes)[number];

export const remedyPolicySchema = z.object({
  /** Which of its policies, in a code of the provider's: `remedyWords` of its rules words it. */
  kind: z.string(),
  /** The whole policy with the tenant's values in it; `remedyText` prints it. */
  document: z.record(z.string(), z.unknown()),
  /** Lines of the printed policy that fix this failure, first and last, counted from 1. */
  markedLines: z.array(z.tuple([z.int(), z.int()])),
});
export type RemedyPolicy = z.infer<typeof remedyPolicySchema>;

/** Of a report from before messages, its words. */
const sentenceSchema = z.union([z.string().transform(said), messageSchema]);

/** How a check ended, as it comes from the provider and as it is stored. */
export const checkFindingSchema = z.object({
  id: z.string(),
  outcome: z.enum(outcomes),
  durationMs: z.number(),
  /** Of every attempt, in order: what the customer finds in its provider's log. */
  providerRequestIds: z.array(z.string()),
  /** One sentence: what was seen. */
  summary: sentenceSchema,
  /** A value that is a name or a number is a text. */
  details: z.array(z.object({ label: sentenceSchema, value: z.union([z.string(), messageSchema]) })),
  /** A failure code of kms-failure.ts or a cause of its own (`external-id-not-required`), for programs and support. */
  cause: z.string().optional(),
  remedy: z
    .object({
      /** The one thing to change. */
      text: sentenceSchema,
      policy: remedyPolicySchema.optional(),
      /** `target`: which page of the provider, in a code of its own. */
      link: z.object({ label: sentenceSchema, target: z.string(), url: z.string().optional() }).optional(),
    })
    .optional(),
  /** Its denied calls in the customer's log are ours, on purpose: a negative check. */
  negative: z.boolean().optional(),
  /** And it says so of its calls in the details. */
  ownDenialsTold: z.boolean().optional(),
  /** Whose the credentials are, as the provider told it. */
  principal: z.string().optional(),
  /** Each action that it tried on the customer's key, `kms:Decrypt`, and what came of it last. */
  actions: z.array(z.object({ action: z.string(), outcome: z.enum(actionOutcomes) })).optional(),
});
export type CheckFinding = z.infer<typeof checkFindingSchema>;
export type RemedyFinding = NonNullable<CheckFinding['remedy']>;

/** What is said of a check, and what to change, in words. */
export type Remedy = {
  text: string;
  policy?: RemedyPolicy | undefined;
  link?: { label: string; target: string; url?: string | undefined } | undefined;
};
export type Detail = { label: string; value: string };
type Unsaid = Pick<CheckFinding, 'summary' | 'details' | 'remedy'>;
export type InWords<F> = Omit<F, keyof Unsaid> & { summary: string; details: Detail[]; remedy?: Remedy | undefined };

/** How a check ended, as it is shown. */
export type CheckResult = InWords<CheckFinding>;

export function inWords<F extends Unsaid>(finding: F, say: Say): InWords<F> {
  const { summary, details, remedy, ...rest } = finding;
  const told = details.map(({ label, value }) => {
    return { label: say(label), value: typeof value === 'string' ? value : say(value) };
  });
  return { ...rest, summary: say(summary), details: told, ...(remedy ? { remedy: remedyInWords(remedy, say) } : {}) };
}

function remedyInWords({ text, link, ...rest }: RemedyFinding, say: Say): Remedy {
  return { ...rest, text: say(text), ...(link ? { link: { ...link, label: say(link.label) } } : {}) };
}

/** A whole test as it is stored. */
export const testReportSchema = z.object({
  passed: z.boolean(),
  checks: z.array(checkFindingSchema),
  warnings: z.array(z.string()),
  /** The key itself behind what was given (an alias may be pointed elsewhere later), once the provider has told it. */
  pinnedKeyRef: z.string().nullable(),
});
export type TestReport = z.infer<typeof testReportSchema>;

export type TestEvent<Check = CheckResult> =
  /** A row begins (`running`) or ends. */
  | { type: 'check'; result: Check }
  /** The provider has denied what may just have been given; asking again, for a bounded time. Attempts count from 2. */
  | { type: 'waiting'; id: CheckId; attempt: number }
  /** The last event of every test that was not abandoned. */
  | { type: 'done'; passed: boolean; warnings: CheckId[]; pinnedKeyRef: string | null; facts: KeyFacts | null };

/** Passing: every one of these checks has ended, nothing failed, and nothing was left out because of a failure. */
export function isPassing(
  checks: readonly CheckId[],
  results: readonly Pick<CheckResult, 'id' | 'outcome'>[],
): boolean {
  const ended = new Map(results.map((result) => [result.id, result.outcome]));
  return checks.every((id) => {
    const outcome = ended.get(id);
    return outcome === 'passed' || outcome === 'warning' || outcome === 'skipped';
  });
}

/** The checks that ended in a warning: each is acknowledged by name before a key is scheduled. */
export function warningsOf(results: readonly Pick<CheckResult, 'id' | 'outcome'>[]): CheckId[] {
  return results.filter((result) => result.outcome === 'warning').map((result) => result.id);
}
