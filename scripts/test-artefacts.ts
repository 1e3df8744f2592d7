/**
 * `npm run test:artefacts`: whatever Keyward hands out to set AWS up, applied for real by Terraform and the AWS CLI, after each of
 * its choices and in every order. Needs both on this machine and says so where they are not. Ends with `N passed, N failed`.
 */
import { findAwsCli } from '../lib/byok/set-up-kit/testing/run-script.ts';
import { findTerraform } from '../lib/byok/set-up-kit/testing/terraform.ts';
import { runChecks, totalLine } from './checks/runner.ts';
import { vitest } from './checks/tests.ts';
import { runCommand, tell } from './refusal.ts';

await runCommand(async () => {
  for (const tool of [findTerraform(), findAwsCli()]) if (!tool.ok) tell(`Skipped: ${tool.missing}.`);
  const artefactsCheck = {
    name: 'artefacts',
    run: () => vitest(['lib/byok/set-up-kit/'], { KEYWARD_TEST_ARTEFACTS: 'whole' }),
  };
  const total = await runChecks([artefactsCheck], { tell });
  console.log(`\n${totalLine(total)}`);
  return total.failed === 0 ? 0 : 1;
});
