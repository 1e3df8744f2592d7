import * as z from '../zod-config.ts';
import { isAccountId, isRoleName } from './arn.ts';
import type { AwsDraft } from './connection.ts';
import { accountIdProblem, plainAccountId, regionProblem, roleNameProblem } from './place-problems.ts';
import { isKnownRegion, type Region } from './regions.ts';

/** Where role and key are, and what the role is called: asked for one by one, or read from the two ARNs. */
const region = z
  .string()
  .trim()
  .refine(isKnownRegion, { error: ({ input }) => regionProblem(String(input)) });
const accountId = z
  .string()
  .transform(plainAccountId)
  .refine(isAccountId, { error: ({ input }) => accountIdProblem(String(input)) });
const roleName = z
  .string()
  .trim()
  .refine(isRoleName, { error: ({ input }) => roleNameProblem(String(input)) });

/** What is left out stays as it is. */
export const placeFields = {
  region: region.optional(),
  accountId: accountId.optional(),
  roleName: roleName.optional(),
};

export type Place = { region?: Region | undefined; accountId?: string | undefined; roleName?: string | undefined };

/** The draft with what was given of the place, and what the history is told of it. */
export function placeChange<D extends AwsDraft>(before: D, given: Place) {
  const changed = (['region', 'accountId', 'roleName'] as const).filter(
    (field) => given[field] !== undefined && given[field] !== before[field],
  );
  const only = (of: Place) => Object.fromEntries(changed.map((field) => [field, of[field] ?? '']));
  return { draft: { ...before, ...only(given) }, before: only(before as Place), after: only(given) };
}
