/**
 * `npm run operator -- EMAIL`: a first operator, with a password to be used once.
 */
import { commandLineCaller } from '#lib/auth/command-line.ts';
import { createOperator } from '#lib/auth/create-operator.ts';
import { getConfig } from '#lib/config/config.ts';
import { closeDatabase } from '#lib/db/client.ts';
import { checkInstallation } from '#lib/keyring/check-installation.ts';
import { Refusal, runCommand, tell } from './refusal.ts';

await runCommand(async () => {
  const [email = '', ...rest] = process.argv.slice(2);
  if (rest.length > 0 || !/^[^\s@]+@[^\s@]+$/.test(email))
    throw new Refusal('Give one email address: npm run operator -- EMAIL');
  const caller = commandLineCaller();
  const config = getConfig();
  try {
    await checkInstallation(config);
    const { oneTimePassword, endsAt } = await createOperator({ email, by: caller.user });
    console.log(`${email} is an operator now. The password, to be used once and then changed: ${oneTimePassword}`);
    console.log(`It expires in 24 hours, at ${endsAt.toISOString()}.`);
  } catch (error) {
    // Everything that this can fail with is a sentence for the terminal.
    throw new Refusal(error instanceof Error ? error.message : tell(error));
  } finally {
    await closeDatabase();
  }
});
