/** The choice that an IAM policy names every key while there is none yet: remembered until it names the key alone. */
import { readChoice } from '../checklist.ts';
import type { Message } from '../messages/message.ts';
import type { NotedChoice, SetUpChoice } from '../provider-rules.ts';
import * as z from '../zod-config.ts';
import { mayBeWide, type PolicyScope } from './policy-breadth.ts';

const scopeSchema: z.ZodType<PolicyScope> = z.object({
  since: z.string(),
  by: z.string(),
  narrowed: z.object({ at: z.string(), by: z.string(), how: z.enum(['checked', 'said']) }).nullable(),
});

const saidSchema = z.discriminatedUnion('note', [
  z.object({ note: z.literal('any-key') }),
  /** `checked`: the policy was pasted and found to name the key alone; its text stays in the browser. */
  z.object({ note: z.literal('narrowed'), how: z.enum(['checked', 'said']) }),
]);
export type ScopeSaid = z.input<typeof saidSchema>;

/** Its name in `choices` of the rules, and where it is stored. */
export const policyScope = 'scope';

/** What is stored of it with a configuration; null where nothing was chosen. */
export function readPolicyScope(checklist: unknown): PolicyScope | null {
  return scopeOf(readChoice(checklist, policyScope));
}

export const policyScopeChoice: SetUpChoice<z.output<typeof saidSchema>> = {
  said: saidSchema,
  isSetUp: ({ note }) => note === 'any-key',
  note(said, standing, { at, by }): NotedChoice {
    const was = standing.map(scopeOf).find(mayBeWide) ?? null;
    const before = { resource: was ? '*' : thisKey };
    if (said.note === 'any-key')
      return { ok: true, kept: was ?? { since: at, by, narrowed: null }, before, after: { resource: '*' } };
    if (!was)
      return { ok: false, reason: 'Nothing is open about the IAM policy: it was never said to name every key.' };
    const { how } = said;
    return { ok: true, kept: { ...was, narrowed: { at, by, how } }, before, after: { resource: thisKey, how } };
  },
};

/** A message of the catalogue of all, as it is stored: the catalogue itself is made of the rules. */
const thisKey: Message = { code: 'this-key', args: {} };

function scopeOf(stored: unknown): PolicyScope | null {
  const scope = scopeSchema.safeParse(stored);
  return scope.success ? scope.data : null;
}
