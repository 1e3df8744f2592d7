/**
 * `npm test`: everything that a landing needs. Ends with the line `N passed, N failed`, and with exit code 1 when anything failed or
 * a step ran nothing. Long suites have commands of their own: `test:faults`, `test:artefacts`, `test:production`,
 * `test:second-provider`.
 */
import { browserCheck } from './checks/browser.ts';
import { runChecks, totalLine } from './checks/runner.ts';
import { buildCheck, importsCheck, lintCheck, typesCheck } from './checks/static.ts';
import { browserTestsCheck, unitAndIntegrationCheck } from './checks/tests.ts';
import { runCommand, tell } from './refusal.ts';

await runCommand(async () => {
  const checks = [
    browserCheck,
    [typesCheck, lintCheck, importsCheck],
    unitAndIntegrationCheck,
    buildCheck,
    browserTestsCheck,
  ];
  const total = await runChecks(checks, { tell });
  console.log(`\n${totalLine(total)}`);
  return total.failed === 0 ? 0 : 1;
});
