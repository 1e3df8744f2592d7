/**
 * Runs the command that `npm run` has named (bootstrap.mjs), once the database client that nearly all of them load is there
 * and made from this schema.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from './project-root.ts';
import { runCommand } from './refusal.ts';
import { ensure, generate, isCurrent } from './steps.ts';

const [command = ''] = process.argv.splice(2, 1);

await runCommand(async () => {
  if (!isCurrent(generate)) console.error('Generating the database client …');
  await ensure(generate);
});
if (process.exitCode === 0) await import(pathToFileURL(join(projectRoot, 'scripts', `${command}.ts`)).href);
