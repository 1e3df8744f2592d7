import { z } from 'zod';
import { Refusal } from '../../byok/errors.ts';
import { aliasSchema, descriptionSchema } from '../../byok/key-words.ts';
import { storedTags, tagsSchema } from '../../byok/labels.ts';
import { tagsText } from '../../byok/tags-text.ts';
import { isUniqueViolation } from '../../db/client.ts';
import { updateKey } from '../../db/key-store.ts';
import { operation } from '../operation.ts';
import { lockKeyRow } from './lock-key.ts';

/** Alias, description and tags are only words: they change in every state, and no test or transition depends on them. */
export const renameKey = operation({
  name: 'rename-key',
  permission: 'keys.write',
  input: z.object({
    keyId: z.uuid(),
    revision: z.int(),
    /** Without `tags` those that are there stay. */
    values: z.object({ alias: aliasSchema, description: descriptionSchema, tags: tagsSchema.optional() }),
  }),
  async run(context, input): Promise<{ revision: number }> {
    const { alias, description, tags } = input.values;
    return context.commit(async (tx) => {
      const key = await lockKeyRow(tx, context, input);
      const revision = await updateKey(tx, key.id, context, { alias, description, ...(tags ? { tags } : {}) }).catch(
        (error: unknown) => {
          throw isUniqueViolation(error) ? aliasTaken(error) : error;
        },
      );
      return {
        data: { revision },
        audit: {
          target: key.id,
          before: { alias: key.alias, description: key.description, tags: tagsText(storedTags(key.tags)) },
          after: { alias, description, tags: tagsText(tags ?? storedTags(key.tags)) },
        },
      };
    });
  },
});

function aliasTaken(cause: unknown): Refusal {
  return new Refusal('invalid-input', {
    fields: { alias: 'Another enterprise key of yours has this alias.' },
    cause,
  });
}
