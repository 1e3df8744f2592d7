/**
 * `npm run check`: what can be known within a minute or so: types, lint, import rules, and the tests that need no database.
 */
import { runChecks, totalLine } from './checks/runner.ts';
import { importsCheck, lintCheck, typesCheck } from './checks/static.ts';
import { unitCheck } from './checks/tests.ts';
import { runCommand, tell } from './refusal.ts';

await runCommand(async () => {
  const total = await runChecks([[typesCheck, lintCheck, importsCheck], unitCheck], { tell });
  console.log(`\n${totalLine(total)}`);
  return total.failed === 0 ? 0 : 1;
});
