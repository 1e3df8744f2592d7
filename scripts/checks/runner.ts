/**
 * Runs checks one after the other and counts. A check that ran nothing has failed: silence is no success.
 */
export interface Counts {
  passed: number;
  failed: number;
}

export interface Check {
  name: string;
  /** Answers how many things passed and failed; what it throws counts as one failure. */
  run(): Promise<Counts>;
}

export interface CheckOptions {
  log?: (line: string) => void;
  tell?: (error: unknown) => string;
  now?: () => number;
}

/** All checks are run, whatever became of those before; those of an inner list at the same time. */
export async function runChecks(
  checks: readonly (Check | readonly Check[])[],
  { log = console.log, tell = String, now = () => performance.now() }: CheckOptions = {},
): Promise<Counts> {
  const total: Counts = { passed: 0, failed: 0 };
  const runOne = async ({ name, run }: Check) => {
    log(`\n== ${name}`);
    const begin = now();
    const counts = await run().catch((error: unknown): Counts => {
      log(tell(error));
      return { passed: 0, failed: 1 };
    });
    if (counts.passed + counts.failed === 0) {
      log('This step ran nothing, which counts as a failure.');
      counts.failed = 1;
    }
    total.passed += counts.passed;
    total.failed += counts.failed;
    log(`== ${name}: ${counts.passed} passed, ${counts.failed} failed, ${((now() - begin) / 1000).toFixed(1)} s`);
  };
  for (const entry of checks) await Promise.all([entry].flat().map(runOne));
  if (checks.length === 0) total.failed += 1;
  return total;
}

/** The line that everything ends with. */
export function totalLine({ passed, failed }: Counts): string {
  return `${passed} passed, ${failed} failed`;
}
