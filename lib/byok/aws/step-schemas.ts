/** What the wizard's steps take to connect a key in AWS KMS, and what is wrong with it, a sentence beside each field. */

import { aliasSchema, descriptionSchema } from '../key-words.ts';
import { tagsSchema } from '../labels.ts';
import * as z from '../zod-config.ts';
import { accessKeyProblemsOf, type Problem, roleProblemsOf } from './connect-problems.ts';
import { placeFields } from './place.ts';

const commonStep = {
  provider: z.literal('aws', { error: 'Choose a cloud provider.' }),
  alias: aliasSchema,
  description: descriptionSchema,
  /** Left out: those that are there stay. */
  tags: tagsSchema.optional(),
};

/** Step 1, Provider. Where the key is belongs to the step AWS; who knows it already may name it here. */
export const providerStepSchema = z.discriminatedUnion(
  'authMode',
  [
    z.object({ ...commonStep, ...placeFields, authMode: z.literal('assume-role') }),
    // With an access key, AWS itself tells the account.
    z.object({ ...commonStep, region: placeFields.region, authMode: z.literal('access-key') }),
  ],
  { error: 'Choose an authentication mode.' },
);
export type ProviderStep = z.infer<typeof providerStepSchema>;

/** The two ARNs of step 2: `roleProblemsOf`. */
export function connectStepSchema(chosen: Parameters<typeof roleProblemsOf>[1]) {
  return z
    .object({ keyArn: z.string().trim(), roleArn: z.string().trim() })
    .superRefine((given, check) => refuse(roleProblemsOf(given, chosen), check));
}
export type ConnectStep = { keyArn: string; roleArn: string };

/** Step 2 with an access key: `accessKeyProblemsOf`. */
export function accessKeyStepSchema(chosen: Parameters<typeof accessKeyProblemsOf>[1]) {
  return z
    .object({ keyArn: z.string().trim(), accessKeyId: z.string().trim(), secret: z.string().trim().max(256) })
    .superRefine((given, check) => refuse(accessKeyProblemsOf(given, chosen), check));
}

function refuse(problems: readonly Problem<string>[], check: z.RefinementCtx): void {
  for (const { field, message } of problems) check.addIssue({ code: 'custom', path: [field], message });
}
