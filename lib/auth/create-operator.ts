import 'server-only';
import { randomUUID } from 'node:crypto';
import { hiddenProblem } from '../byok/visible-text.ts';
import { personWho } from '../byok/who.ts';
import { appendAudit } from '../db/audit-store.ts';
import { isUniqueViolation } from '../db/client.ts';
import { createPerson } from '../db/person-store.ts';
import { newOneTimePassword } from './one-time-password.ts';

/**
 * A vendor operator with a password to be used once, for whoever runs the installation's commands.
 * `by`: the operating system's user who runs the command.
 * @throws Error with a sentence for the terminal where somebody has this address already
 */
export async function createOperator(input: {
  email: string;
  by?: string;
}): Promise<{ oneTimePassword: string; endsAt: Date }> {
  const problem = hiddenProblem(input.email);
  if (problem) throw new Error(`This is not an email address: ${problem}`);
  const { oneTimePassword, stored } = await newOneTimePassword();
  let personId: string;
  try {
    personId = await createPerson({ email: input.email, role: 'operator', tenantId: null, ...stored });
  } catch (error) {
    if (isUniqueViolation(error))
      throw new Error(`A person with the address ${input.email} exists already. Nothing was changed.`);
    throw error;
  }
  await appendAudit({
    tenantId: null,
    actor: input.by === undefined ? 'command line' : `command line (${input.by})`,
    actorRole: 'none',
    operation: 'create-operator',
    outcome: 'done',
    target: personWho(personId),
    requestId: randomUUID(),
  });
  return { oneTimePassword, endsAt: stored.passwordEndsAt };
}
