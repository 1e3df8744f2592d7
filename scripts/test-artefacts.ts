/**
 * `npm run test:artefacts`: whatever Keyward hands out to set AWS up, applied for real by Terraform and the AWS CLI, after each of
 * its choices and in every order. Where one of them is not on this machine, its tests say so and are skipped. Ends with the
 * line `N passed, N failed`.
 */
import { runChecks, totalLine } from './checks/runner.ts';
import { vitest } from './checks/tests.ts';
import { runCommand, tell } from './refusal.ts';

await runCommand(async () => {
  const artefactsCheck = {
    name: 'artefacts',
    run: () => vitest(['lib/byok/aws/setup-artefacts/'], { KEYWARD_TEST_ARTEFACTS: 'whole' }),
  };
  const total = await runChecks([artefactsCheck], { tell });
  console.log(`\n${totalLine(total)}`);
  return total.failed === 0 ? 0 : 1;
});
