/**
 * `npm run test:second-provider`: that another key service is a folder. Builds a copy of these sources whose registries know a second
 * provider, walks it through the wizard in a browser, and rotates between the two.
 */
import { join } from 'node:path';
import { browserCheck } from './checks/browser.ts';
import { runChecks, totalLine } from './checks/runner.ts';
import { playwright, vitest } from './checks/tests.ts';
import { projectRoot } from './project-root.ts';
import { runCommand, tell } from './refusal.ts';
import { build, ensure } from './steps.ts';

await runCommand(async () => {
  const total = await runChecks(
    [
      { name: 'what each provider promises', run: () => vitest(['--project=second-provider']) },
      browserCheck,
      {
        name: 'build',
        // The plain build, which must have nothing of it.
        run: async () => {
          await ensure(build);
          return { passed: 1, failed: 0 };
        },
      },
      {
        name: 'the walk with the second provider',
        run: () => playwright(['--config', join(projectRoot, 'e2e', 'second-provider', 'playwright.config.ts')]),
      },
    ],
    { tell },
  );
  console.log(`\n${totalLine(total)}`);
  return total.failed === 0 ? 0 : 1;
});
