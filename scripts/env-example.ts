/**
 * `node scripts/bootstrap.mjs env-example`: writes `.env.example` and the README's table of variables from the configuration's
 * schema. A unit test compares both with what would be written.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample, withTable } from './configuration/texts.ts';
import { projectRoot } from './project-root.ts';
import { runCommand } from './refusal.ts';

await runCommand(async () => {
  const readme = join(projectRoot, 'README.md');
  writeFileSync(readme, withTable(readFileSync(readme, 'utf8')));
  writeFileSync(join(projectRoot, '.env.example'), envExample());
  console.log('Wrote .env.example and the table of variables in README.md.');
});
