import { Refusal } from '../errors.ts';
import type { DraftChange, Ours } from '../provider-rules.ts';
import * as z from '../zod-config.ts';
import type { AwsDraft } from './connection.ts';
import { awsMessage } from './messages/aws-message.ts';
import { placeChange, placeFields } from './place.ts';
import { accessKeyStepSchema, connectStepSchema } from './step-schemas.ts';

const text = z.string().max(2_048);

/**
 * Of each authentication mode; which one is meant is what the draft says. `secret` is empty where the stored one stays.
 * `createsKey`: where no key is named, Keyward is to create it.
 */
const createsKey = z.boolean().optional();
export const roleValues = z.object({ keyArn: text, roleArn: text, createsKey, ...placeFields });
export const accessKeyValues = z.object({
  region: placeFields.region,
  keyArn: text,
  createsKey,
  accessKeyId: z.string().max(128),
  secret: z.string().max(1_024),
});
export const connectValues = z.union([accessKeyValues, roleValues]);
export type ConnectValues = z.output<typeof connectValues>;

/**
 * Reads the values as the wizard does. What the history is told of a secret is never more than that there is another.
 * @throws Refusal `invalid-input` with a sentence per field
 */
export function connectChange(
  given: AwsDraft,
  values: ConnectValues,
  { ours, secret }: { ours: Ours; secret: { stored: boolean; replaced: boolean } },
): DraftChange<AwsDraft> {
  const place = placeChange(given, values);
  const before = place.draft;
  const { region, accountId } = before;
  const chosen = { region, accountId, vendorAccountId: ours.account, createsKey: values.createsKey === true };
  if (before.authMode !== 'access-key') {
    const { keyArn, roleArn } = accept(connectStepSchema(chosen), values);
    return {
      draft: { ...before, keyArn, roleArn, createsKey: chosen.createsKey && keyArn === '' },
      before: { ...place.before, keyArn: before.keyArn, roleArn: before.roleArn },
      after: { ...place.after, keyArn: keyArn || awsMessage('created-by-keyward'), roleArn },
    };
  }
  const { keyArn, accessKeyId } = accept(
    accessKeyStepSchema({ ...chosen, storedFor: secret.stored ? before.accessKeyId : '' }),
    values,
  );
  return {
    draft: { ...before, keyArn, accessKeyId, createsKey: chosen.createsKey && keyArn === '' },
    before: { ...place.before, keyArn: before.keyArn, accessKeyId: before.accessKeyId },
    after: {
      ...place.after,
      keyArn: keyArn || awsMessage('created-by-keyward'),
      accessKeyId,
      ...(secret.replaced ? { secret: secret.stored ? 'replaced' : 'stored' } : {}),
    },
  };
}

function accept<T>(schema: z.ZodType<T>, values: ConnectValues): T {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const fields: Record<string, string> = {};
  for (const issue of parsed.error.issues) fields[issue.path.join('.')] ??= issue.message;
  throw new Refusal('invalid-input', { fields });
}
