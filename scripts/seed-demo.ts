/**
 * Fills the demo's database; started by the launcher, with the environment of the web process. Safe to run at every
 * start: what is there already stays. Answers its parent with accounts and fresh tokens.
 */
import { getConfig } from '#lib/config/config.ts';
import { checkInstallation } from '#lib/keyring/check-installation.ts';
import { seedDemo } from '../prisma/seed.ts';
import { tell } from './refusal.ts';

const [simulatorUrl] = process.argv.slice(2);

try {
  await checkInstallation(getConfig());
  const answer = await seedDemo({ simulatorUrl, log: (line: string) => console.log(line) });
  await new Promise<void>((resolve, reject) => {
    if (!process.send) throw new Error('The seed is started by `npm run demo`.');
    process.send(answer, (error: Error | null) => (error ? reject(error) : resolve()));
  });
  process.exit(0);
} catch (error) {
  console.error(tell(error));
  process.exit(1);
}
