import { z } from 'zod';
import { putChoice, readChoice } from '../../byok/checklist.ts';
import { readDraft, rulesOf } from '../../byok/connection.ts';
import { Refusal } from '../../byok/errors.ts';
import type { SetUpChoice } from '../../byok/provider-rules.ts';
import { putIntoChecklist } from '../../db/checklist-store.ts';
import { findKey, scheduledOf, workingOf } from '../../db/key-store.ts';
import { allow } from '../keys/lock-key.ts';
import { operation } from '../operation.ts';

/**
 * Remembers what somebody says of a choice of the set-up, one of those of the provider's rules. Nothing of it can be seen from
 * outside, so what is kept is who said so and when. Changes nothing else of the key: its revision stays, and no test is void.
 */
export const notePolicyScope = operation({
  // As the history knows it, from when there was one such choice: the names of operations are stored.
  name: 'note-policy-scope',
  permission: 'keys.write',
  /** `choice`: by its name; what is `said` of it is for the provider's rules to read. */
  input: z.object({ keyId: z.uuid(), choice: z.string().max(60), said: z.unknown() }),
  async run(context, given): Promise<{ kept: unknown }> {
    return context.commit(async (tx) => {
      const key = await findKey(context.tenantId, given.keyId, tx);
      if (!key) throw new Refusal('not-found');
      const standing = [workingOf(key), scheduledOf(key)].filter((one) => one !== undefined);
      const [edited] = standing;
      if (!edited) throw new Refusal('not-allowed-in-state', { details: { reason: 'This key’s set-up has ended.' } });
      const choice = choiceOf(rulesOf(readDraft(edited)).choices, given.choice);
      const said = choice.said.safeParse(given.said);
      if (!said.success) throw new Refusal('invalid-input', { fields: { said: 'Choose one of the answers.' } });
      // Choosing is part of the set-up; what has become of it may be said for as long as the key is in use.
      if (choice.isSetUp(said.data)) await allow('edit', key);
      const noted = choice.note(
        said.data,
        standing.map(({ checklist }) => readChoice(checklist, given.choice)),
        { at: context.now.toISOString(), by: context.who },
      );
      if (!noted.ok) throw new Refusal('not-allowed-in-state', { details: { reason: noted.reason } });
      const { kept, before, after } = noted;
      for (const { id } of standing) await putIntoChecklist(id, putChoice(given.choice, kept), tx);
      return { data: { kept }, audit: { target: key.id, before, after } };
    });
  },
});

function choiceOf(choices: Readonly<Record<string, SetUpChoice>> | undefined, name: string): SetUpChoice {
  const choice = choices && Object.hasOwn(choices, name) ? choices[name] : undefined;
  if (!choice) throw new Refusal('invalid-input', { fields: { choice: 'This set-up has no such choice.' } });
  return choice;
}
