/**
 * `npm run test:faults -- --seed N --moments N`: the tests of faults alone (lib/jobs/faults), at a size of one's own. Prints the
 * seed that decides when and whom they strike, and ends with the line `N passed, N failed`.
 */
import { parseArgs } from 'node:util';
import { runChecks, totalLine } from './checks/runner.ts';
import { vitest } from './checks/tests.ts';
import { Refusal, runCommand, tell } from './refusal.ts';

/** Moments at which a process is killed. */
const usualMoments = '100';

await runCommand(async () => {
  const { seed, moments } = read(process.argv.slice(2));
  console.log(
    `Seed ${seed}, ${moments} moments. The same again: npm run test:faults -- --seed ${seed} --moments ${moments}`,
  );
  const environment = { KEYWARD_TEST_SEED: seed, KEYWARD_TEST_MOMENTS: moments };
  const faultsCheck = { name: 'faults', run: () => vitest(['--project=faults'], environment) };
  const total = await runChecks([faultsCheck], { tell });
  console.log(`\nSeed ${seed}, ${moments} moments.\n${totalLine(total)}`);
  return total.failed === 0 ? 0 : 1;
});

function read(args: string[]): { seed: string; moments: string } {
  const usage = 'Use: npm run test:faults -- --seed N --moments N, each a whole number.';
  try {
    const { values } = parseArgs({ args, options: { seed: { type: 'string' }, moments: { type: 'string' } } });
    const { seed = String(Date.now() % 1_000_000), moments = usualMoments } = values;
    if ([seed, moments].every((text) => /^\d{1,6}$/.test(text))) return { seed, moments };
  } catch {
    // Told below, like any other wrong argument.
  }
  throw new Refusal(usage);
}
