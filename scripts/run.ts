/**
 * Runs the command that `npm run` has named (bootstrap.mjs), once the database client that nearly all of them load is there
 * and made from this schema.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project-root.ts';
import { Refusal, runCommand } from './refusal.ts';
import { ensure, generate, hasDevelopmentPackages, isCurrent } from './steps.ts';

const [command = ''] = process.argv.splice(2, 1);

await runCommand(async () => {
  if (isCurrent(generate)) return;
  if (!hasDevelopmentPackages())
    throw new Refusal(
      'The database client does not belong to these sources. Run `npm run build` where development packages are installed, and copy lib/db/generated and .next here. Nothing was started.',
    );
  console.error('Generating the database client …');
  await ensure(generate);
});
if (process.exitCode === 0) await import(pathToFileURL(join(projectRoot, 'scripts', `${command}.ts`)).href);
